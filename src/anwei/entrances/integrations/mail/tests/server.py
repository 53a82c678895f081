"""A mail server for tests: it speaks enough SMTP over a real socket, keeps what it takes, and refuses whom it is told to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import cast


class Talk(StreamRequestHandler):
    """One connection."""

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        server = cast("MailServer", self.server)
        self.say("220 test")
        while line := self.rfile.readline():
            word = line.decode().strip()
            if word.upper().startswith("RCPT"):
                self.say(next((answer for address, answer in server.answers.items() if address in word), "250 ok"))
            elif word.upper() == "DATA":
                self.say("354 go on")
                server.taken.append(self.content())
                self.say(server.after_data)
            elif word.upper() == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")
        return None

    def content(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return message_from_bytes(b"".join(lines), policy=policy.default)


class MailServer(ThreadingTCPServer):
    """What it took, and what it answers to some receivers."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.after_data = "250 taken"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve until the block ends."""
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
