"""Subcommands about users, for who runs the server."""

import json
import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from anwei.core.command import DONE, Command, Unusable

if TYPE_CHECKING:
    from anwei.core.actor import Actor
    from anwei.foundation.accounts.models import User


def _who() -> "Actor":
    from anwei.foundation.accounts.queries import system_actor

    return system_actor("command line").at("command")


def _named(username: str) -> "User":
    from anwei.foundation.accounts.models import User

    user: User | None = User.objects.filter(username=username).first()
    if user is None:
        raise Unusable(f"There is no user “{username}”; `anwei user list` names them.")
    return user


def _tell(args: Namespace, answer: Any, sentence: str) -> int:
    print(json.dumps(answer, ensure_ascii=False, default=str) if args.json else sentence)
    return DONE


def described(user: "User") -> dict[str, Any]:
    """Return a user as the command line shows them."""
    roles = sorted(user.memberships.values_list("role", flat=True))
    return {"id": str(user.id), "username": user.username, "name": user.name, "side": user.side, "active": user.is_active, "roles": roles}


def link_of(invited: "User") -> str:
    """Return the address of an invitation just made: `ANWEI_URL`, else this machine."""
    from django.urls import reverse

    base = os.environ.get("ANWEI_URL") or f"http://127.0.0.1:{os.environ.get('ANWEI_PORT', '8000')}"
    return base.rstrip("/") + reverse("welcome", args=[invited.id, invited.secret])


def _list(args: Namespace) -> int:
    from anwei.foundation.accounts.models import User

    rows = [described(user) for user in User.objects.order_by("username")]
    lines = [f"{r['username']:20} {'' if r['active'] else 'disabled':9} {r['name']:20} {', '.join(r['roles'])}" for r in rows]
    return _tell(args, rows, "\n".join(lines))


def _create_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--name", required=True, help="the person's name")
    parser.add_argument("--side", choices=("ours", "hospital", "distributor"), default="ours", help="whose person it is")
    parser.add_argument("--email", default="")
    parser.add_argument("--role", action="append", default=[], help="a role to give; may be repeated")


def _create(args: Namespace) -> int:
    from anwei.foundation.accounts.operations import create_user, give_role, invite

    user = create_user(actor=_who(), username=args.username, name=args.name, side=args.side, email=args.email)
    for role in args.role:
        give_role(actor=_who(), user=user, role=role)
    link = link_of(invite(actor=_who(), user=user))
    return _tell(args, described(user) | {"invitation": link}, f"{user.username} is created. Their link, once, within 72 hours: {link}")


def _one(parser: ArgumentParser) -> None:
    parser.add_argument("username")


def _invite(args: Namespace) -> int:
    from anwei.foundation.accounts.operations import invite

    link = link_of(invite(actor=_who(), user=_named(args.username)))
    return _tell(args, {"invitation": link}, link)


def _disable(args: Namespace) -> int:
    from anwei.foundation.accounts.operations import disable

    user = disable(actor=_who(), user=_named(args.username))
    return _tell(args, described(user), f"{user.username} is disabled; their sessions and keys have ended.")


def _enable(args: Namespace) -> int:
    from anwei.foundation.accounts.operations import enable

    user = enable(actor=_who(), user=_named(args.username))
    return _tell(args, described(user), f"{user.username} may sign in again.")


def _roles_arguments(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("--give", action="append", default=[], metavar="ROLE")
    parser.add_argument("--take", action="append", default=[], metavar="ROLE")


def _roles(args: Namespace) -> int:
    from anwei.foundation.accounts.operations import give_role, take_role

    user = _named(args.username)
    for role in args.give:
        give_role(actor=_who(), user=user, role=role)
    for role in args.take:
        take_role(actor=_who(), user=user, role=role)
    answer = described(user)
    return _tell(args, answer, f"{user.username}: {', '.join(answer['roles']) or 'no role'}")


def _grant_arguments(parser: ArgumentParser) -> None:
    _one(parser)
    parser.add_argument("kind", help="branch, hospital, distributor")
    parser.add_argument("record", help="its code or name")


def _grant(args: Namespace) -> int:
    from anwei.core.registers import registers
    from anwei.foundation.accounts.operations import grant_rows

    user = _named(args.username)
    if args.kind not in registers.scopes:
        raise Unusable(f"“{args.kind}” cannot be granted; these can: {', '.join(registers.scopes)}.")
    found = registers.scopes[args.kind].find(_who(), args.record)
    if len(found) != 1:
        raise Unusable(f"{len(found) or 'No'} {args.kind} fits “{args.record}”; type a code or a whole name.")
    grant_rows(actor=_who(), user=user, kind=args.kind, record_id=found[0][0])
    return _tell(args, {"kind": args.kind, "record": str(found[0][0])}, f"{user.username} sees {found[0][1]}.")


COMMANDS = [
    Command("user list", "list the users", _list),
    Command("user create", "create a user and make their invitation", _create, _create_arguments),
    Command("user invite", "make a link by which a user sets their password, once", _invite, _one),
    Command("user disable", "disable a user: sessions and keys end", _disable, _one),
    Command("user enable", "let a disabled user sign in again", _enable, _one),
    Command("user roles", "show, give and take roles", _roles, _roles_arguments),
    Command("user grant", "let a user see the rows of a branch, a hospital or a distributor", _grant, _grant_arguments),
]
