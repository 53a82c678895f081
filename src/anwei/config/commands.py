"""Subcommands that build and run the system."""

from argparse import Namespace

from anwei.core.command import DONE, Command


def _migrate(args: Namespace) -> int:
    from anwei.config.installation import migrate

    migrate(verbosity=0 if args.json else 1)
    return DONE


def _install_rules(args: Namespace) -> int:
    from django.utils import timezone

    from anwei.config.shipped import install_shipped

    install_shipped(timezone.now())
    return DONE


COMMANDS = [
    Command("migrate", "bring the database to the state of the code", _migrate, login="owner"),
    Command("rules install", "install the shipped rules that are not there yet", _install_rules),
]
