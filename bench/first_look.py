"""What a request costs the server: lists, an order, a change of state, a part consumed, each over HTTP on the demo company.

    ANWEI_HOME=… PYTHONPATH=src python bench/first_look.py [--times 100] [--port 8390]

Starts the demo in its home (the first time it is built) and asks one after the other, a new connection each time. Prints the median
and the 95th percentile of the waiting time, and the processor time per request, of the application and of PostgreSQL apart, with the
bars of what at most it should be. Measure alone: whatever else runs on the machine is waited for too. Exit 1: a bar is missed.
"""

import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil

WARM_UP = 10


@dataclass
class Costs:
    """Processor time of the web processes and of the database server, in seconds since they began."""

    web: list[psutil.Process]
    server: psutil.Process

    @classmethod
    def of(cls, demo: int, home: Path) -> "Costs":
        """Find the processes of a running demo and of the database in its home."""
        server = int((home / "database" / "data" / "postmaster.pid").read_text().split()[0])
        web = [p for p in psutil.Process(demo).children(recursive=True) if "web" in p.cmdline() or "granian" in p.name()]
        return cls(web, psutil.Process(server))

    def now(self) -> tuple[float, float]:
        """Return both; what ended processes of the server took is kept by the one that started them."""
        ended = self.server.cpu_times()
        database = ended.children_user + ended.children_system + sum(map(_spent, [self.server, *self.server.children()]))
        return sum(map(_spent, self.web)), database


def _spent(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


@dataclass
class Client:
    """Somebody who asks: by a session for pages, by a key for the API."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, document: dict[str, Any] | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = self.headers | ({"Content-Type": "application/json"} if document is not None else {})
        connection.request(method, path, json.dumps(document).encode() if document is not None else None, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if response.status >= 300:
            raise SystemExit(f"{method} {path}: {response.status} {content[:300]!r}")
        return content


def started(port: int) -> subprocess.Popen[str]:
    """Start the demo and wait until it answers."""
    command = [sys.executable, "-m", "anwei.config.main", "demo"]
    process = subprocess.Popen(command, env=os.environ | {"ANWEI_PORT": str(port)}, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl-C" in line:
            return process
    raise SystemExit("The demo did not start; what it said stands above.")


def session_of(username: str) -> dict[str, str]:
    """Return the headers of somebody who is signed in."""
    from django.test import Client as Signed

    from anwei.foundation.accounts.models import User

    signed = Signed()
    signed.force_login(User.objects.get(username=username))
    return {"Cookie": f"sessionid={signed.cookies['sessionid'].value}"}


def key_of(username: str) -> dict[str, str]:
    """Return the headers of a program that acts as somebody with all their rights."""
    from django.utils import timezone

    from anwei.foundation.accounts.models import User
    from anwei.foundation.accounts.operations import make_token
    from anwei.foundation.accounts.queries import actor_for, system_actor

    user, now = User.objects.get(username=username), timezone.now()
    rights = sorted(actor_for(user, "api").rights)
    token = make_token(actor=system_actor("bench"), user=user, name="bench", rights=rights, expires_at=now + timedelta(days=1), at=now)
    return {"Authorization": f"Bearer {token.secret}"}


def works(port: int) -> Iterator[tuple[str, float, Callable[[], Any]]]:
    """Give each work with its bar in milliseconds of processor time and the request that does it once."""
    from django.utils import timezone

    from anwei.core.ids import uuid7
    from anwei.foundation.accounts.queries import system_actor
    from anwei.inventory.parts.models import Part
    from anwei.inventory.stock.models import Place
    from anwei.inventory.stock.operations import receive, transfer
    from anwei.inventory.stock.queries import van_of
    from anwei.workorders.orders.models import WorkOrder

    page, manager = Client(port, session_of("manager")), Client(port, key_of("manager"))
    order = WorkOrder.objects.filter(state="working").exclude(engineer__user=None).order_by("pk")[0]
    full = WorkOrder.objects.filter(state="closed").order_by("pk")[0]
    engineer = Client(port, key_of(order.engineer.user.username))
    part = Part.objects.filter(tracking=Part.Tracking.LOT, core_return=False).order_by("pk")[0]
    actor, van = system_actor("bench"), van_of(order.engineer_id)
    store, supplier = Place.objects.filter(kind="store", branch=order.branch)[0], Place.objects.filter(kind="supplier")[0]
    many: dict[str, Any] = {"part": part, "quantity": Decimal(10_000), "at": timezone.now(), "lot": "BENCH"}
    receive(actor=actor, target=store, source=supplier, unit_cost=Decimal(5), document=uuid7(), **many)
    transfer(actor=actor, source=store, target=van, document=uuid7(), **many)

    verbs = cycle([
        ("visits.wait_for_customer", {"order": str(order.pk), "waiting_reason": "in_use", "evidence": "电话"}),
        ("visits.resume", {"order": str(order.pk)}),
    ])  # fmt: skip

    def changed() -> None:
        verb, document = next(verbs)
        engineer.ask("POST", f"/api/v1/operations/{verb}", document)

    yield "list of orders, page", 25, lambda: page.ask("GET", "/orders/")
    yield "list of 80 orders, API", 8, lambda: manager.ask("GET", "/api/v1/orders?limit=80")
    yield "orders of one customer, API", 6, lambda: manager.ask("GET", f"/api/v1/orders?hospital={order.hospital_id}&limit=80")
    yield "an order with its history, page", 18, lambda: page.ask("GET", f"/orders/{full.pk}/")
    yield "an order, API", 4, lambda: manager.ask("GET", f"/api/v1/orders/{full.pk}")
    yield "change of state", 8, changed
    fitted = {"order": str(order.pk), "part": str(part.pk), "quantity": "1", "lot": "BENCH"}
    yield "a part consumed", 12, lambda: engineer.ask("POST", "/api/v1/operations/visits.fit_part", fitted)


def measured(costs: Costs, times: int, once: Callable[[], Any]) -> tuple[float, float, float, float]:
    """Return median and 95th percentile of the waiting time, and processor time of web and database per request, all in ms."""
    for _ in range(WARM_UP):
        once()
    before, waits = costs.now(), []
    for _ in range(times):
        begun = time.perf_counter()
        once()
        waits.append((time.perf_counter() - begun) * 1000)
    time.sleep(0.3)  # the sealer's share belongs to it too
    after = costs.now()
    web, database = ((b - a) / times * 1000 for a, b in zip(before, after, strict=True))
    return statistics.median(waits), statistics.quantiles(waits, n=20)[-1], web, database


def main() -> int:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--port", type=int, default=8390)
    args = parser.parse_args()
    demo = started(args.port)
    missed = 0
    try:
        from anwei.config.database import prepare

        prepare("app")
        os.environ["DJANGO_SETTINGS_MODULE"] = "anwei.config.settings"
        import django

        django.setup()
        costs = Costs.of(demo.pid, Path(os.environ["ANWEI_HOME"]))
        print(f"{'work':34} {'p50 ms':>8} {'p95 ms':>8} {'CPU web':>8} {'CPU pg':>8} {'bar':>6}")
        for name, bar, once in works(args.port):
            p50, p95, web_ms, pg_ms = measured(costs, args.times, once)
            missed += web_ms + pg_ms > bar
            print(f"{name:34} {p50:8.1f} {p95:8.1f} {web_ms:8.1f} {pg_ms:8.1f} {bar:6.0f} {'' if web_ms + pg_ms <= bar else 'missed'}")
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
