"""The console script `anwei`: finds the subcommand, prepares the database it needs, and maps every end to an exit code."""

import os
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module

from anwei.core.command import DONE, ENVIRONMENT, FOUND, USAGE, Command, Impossible, Unusable

# where subcommands are declared; the apps are read only once the database is chosen
DECLARED = (
    "anwei.config.commands",
    "anwei.config.running",
    "anwei.foundation.audit.commands",
    "anwei.foundation.accounts.commands",
    "anwei.entrances.cli.commands",
)


def build(commands: list[Command]) -> ArgumentParser:
    """Return the parser of all subcommands, two words deep."""
    parser = ArgumentParser(prog="anwei", description="Anwei 安维: after-sales service of medical devices")
    first = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    groups: dict[str, object] = {}
    for command in commands:
        head, _, tail = command.name.partition(" ")
        if tail and head not in groups:
            groups[head] = first.add_parser(head, help=head).add_subparsers(dest="sub", required=True, metavar="WHAT")
        place = groups[head] if tail else first
        sub = place.add_parser(tail or head, help=command.help, description=command.help)  # type: ignore[attr-defined]
        sub.add_argument("--json", action="store_true", help="print the answer as JSON and nothing else")
        command.arguments(sub)
        sub.set_defaults(chosen=command)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand and return its exit code; errors go to standard error, one sentence each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwei.config.settings")
    commands = [c for name in DECLARED for c in import_module(name).COMMANDS]
    args = build(commands).parse_args(argv)
    try:
        return _run(args.chosen, args)
    except Unusable as error:
        print(error, file=sys.stderr)  # noqa: T201  this is the command line
        return USAGE
    except Impossible as error:
        print(error, file=sys.stderr)  # noqa: T201
        return ENVIRONMENT
    except KeyboardInterrupt:
        return DONE


def _run(command: Command, args: Namespace) -> int:
    from anwei.config.embedded.server import EnvironmentRefusal

    try:
        if command.login:
            from anwei.config import database

            database.prepare(command.login)
        if not command.django:
            return command.run(args)
        import django

        django.setup()
        return _told(command, args)
    except EnvironmentRefusal as error:
        raise Impossible(error.sentence("zh" if os.environ.get("LANG", "").startswith("zh") else "en")) from error
    except OSError as error:
        if error.errno in (28, 30, 13):  # no space, read-only, no permission
            raise Impossible(f"{error.strerror}: {error.filename or ''}") from error
        raise


def _told(command: Command, args: Namespace) -> int:
    from django.db import OperationalError

    from anwei.core.errors import Refusal

    try:
        return command.run(args)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return FOUND
    except OperationalError as error:
        raise Impossible(f"The database does not answer: {str(error).splitlines()[0]}") from error


if __name__ == "__main__":
    sys.exit(main())
