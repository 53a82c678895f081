"""Subcommands that any operation and any register give for free."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from anwei.core.command import DONE, FOUND, Command, Unusable

if TYPE_CHECKING:
    from anwei.foundation.governance.models import Inspection


def _do_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("verb", help="the operation, as in `anwei verbs`")
    parser.add_argument("--data", default="{}", help="its arguments as JSON, @FILE or - for standard input")
    parser.add_argument("--as", dest="who", required=True, metavar="USER", help="the user who acts")
    parser.add_argument("--request-id", default="", help="delivered twice, the first answer is given again")
    parser.add_argument("--reason", default="", help="why, for the trail")


def _document(data: str) -> bytes:
    try:
        if data == "-":
            return sys.stdin.buffer.read()
        return Path(data[1:]).read_bytes() if data.startswith("@") else data.encode()
    except (OSError, UnicodeEncodeError) as error:
        raise Unusable(f"The data cannot be read: {error}") from error


def _do(args: Namespace) -> int:
    from anwei.core.operation import REGISTER
    from anwei.entrances.cli.deeds import do

    if args.verb not in REGISTER:
        raise Unusable(f"There is no operation “{args.verb}”; `anwei verbs` lists them.")
    answer = do(REGISTER[args.verb], _document(args.data), args.who, args.request_id, args.reason)
    print(json.dumps(answer.body, ensure_ascii=False, indent=None if args.json else 2, default=str))
    return DONE if answer.status < 400 else FOUND


def _verbs(args: Namespace) -> int:
    from anwei.core.operation import REGISTER

    if args.json:
        print(json.dumps([{"verb": o.verb, "right": o.right, "summary": o.summary} for o in REGISTER.values()], ensure_ascii=False))
        return DONE
    for verb, op in sorted(REGISTER.items()):
        print(f"{verb:40} {op.summary}")
    return DONE


def _matrix(args: Namespace) -> int:
    from anwei.foundation.accounts.queries import matrix

    table = matrix()
    if args.json:
        print(json.dumps(table.as_dict(), ensure_ascii=False))
    else:
        for row in table.rows:
            print(f"{row.kind:10} {row.name:45} {', '.join(role for role, may in row.roles.items() if may)}")
    for name in table.unlisted:
        print(f"{name} says nothing about who may open it", file=sys.stderr)
    return FOUND if table.unlisted else DONE


def _invariants(args: Namespace) -> int:
    from anwei.foundation.accounts.queries import system_actor
    from anwei.foundation.governance.queries import checked, inspections

    if args.last:
        return _last_inspection(args, next(iter(inspections(system_actor("command line"), 1)), None))
    checks = checked()
    if args.json:
        print(json.dumps(checks, ensure_ascii=False, default=str))
    else:
        for check in checks:
            print(f"{'ok    ' if check['ok'] else 'BROKEN'} {check['name']}")
            for row in check["rows"]:
                print(f"       {row}")
    return DONE if all(check["ok"] for check in checks) else FOUND


def _invariants_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--last", action="store_true", help="check nothing now: say when the worker last did, and what it found")


def _last_inspection(args: Namespace, last: "Inspection | None") -> int:
    if args.json:
        print(json.dumps({"at": last.at.isoformat(), "checked": last.names, "broken": last.broken} if last else None, ensure_ascii=False))
    elif last is None:
        print("Nothing was inspected yet; the worker does it every night.")
    else:
        print(f"Inspected {last.at:%Y-%m-%d %H:%M} UTC: {len(last.names)} checked, {len(last.broken)} broken")
        for b in last.broken:
            print(f"BROKEN {b['name']}: {b['count']} rows")
    return FOUND if last and last.broken else DONE


COMMANDS = [
    Command("do", "perform an operation", _do, _do_arguments),
    Command("verbs", "list the operations", _verbs, login=None),
    Command("invariants", "check what must always hold, and report what does not", _invariants, _invariants_arguments),
    Command("matrix", "print who may do what: every operation and route by role", _matrix),
]
