"""Subcommands that build and run the system."""

import json
import sys
from argparse import ArgumentParser, Namespace

from anwei.core.command import DONE, Command, Unusable


def _migrate(args: Namespace) -> int:
    from anwei.config.installation import migrate
    from anwei.config.running import call

    migrate(verbosity=0 if args.json else 1)
    call("rules", "install")  # a process of its own: rules are the application's, tables the owner's
    return DONE


def _install_rules(args: Namespace) -> int:
    from django.utils import timezone

    from anwei.config.shipped import install_shipped

    install_shipped(timezone.now())
    return DONE


def _start_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--admin", metavar="USER", help="user name of the first administrator")
    parser.add_argument("--name", help="their name")
    parser.add_argument("--branch", nargs=3, metavar=("CODE", "ZH", "EN"), help="the first branch: its code and its two names")


def _asked(given: str | None, question: str) -> str:
    """Return what a flag gave, else ask who sits at the terminal."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise Unusable(f"{question.rstrip(': ')} is missing; `anwei start --help` names the flags.")
    return input(question).strip()


def _start(args: Namespace) -> int:
    from anwei.config.running import call
    from anwei.foundation.accounts.commands import link_of
    from anwei.foundation.accounts.models import User
    from anwei.foundation.accounts.operations import create_user, give_role, invite
    from anwei.foundation.accounts.queries import system_actor
    from anwei.foundation.branches.operations import open_branch

    call("migrate")
    if User.objects.exists():
        raise Unusable("This company has users already; `anwei user create` makes another.")
    username, name = _asked(args.admin, "User name of the first administrator: "), _asked(args.name, "Their name: ")
    actor = system_actor("command line").at("command")
    if args.branch:
        code, zh, en = args.branch
        open_branch(actor=actor, code=code, name_zh=zh, name_en=en, provinces=[])
    user = create_user(actor=actor, username=username, name=name)
    give_role(actor=actor, user=user, role="administrator")
    link = link_of(invite(actor=actor, user=user))
    sentence = f"The company is there. Start it with `anwei web` and `anwei worker`, then open this link, once, within 72 hours:\n{link}"
    print(json.dumps({"username": username, "invitation": link}) if args.json else sentence)
    return DONE


COMMANDS = [
    Command("start", "make an empty company with its first administrator", _start, _start_arguments),
    Command("migrate", "bring the database and the shipped rules to the state of the code", _migrate, login="owner"),
    Command("rules install", "install the shipped rules that are not there yet, and bring newer ones", _install_rules),
]
