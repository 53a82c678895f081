"""A subcommand of `anwei`, declared in an app's `commands.py` as part of `COMMANDS`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

DONE, FOUND, USAGE, ENVIRONMENT = 0, 1, 2, 3


def _no_arguments(parser: ArgumentParser) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand; `name` may hold a space ("audit verify"). `run` returns the exit code.

    0: done or clean. 1: a check found something, or the deed was refused. 2: wrong usage or unreadable input. 3: no database, no space.
    """

    name: str
    help: str
    run: Callable[[Namespace], int]
    arguments: Callable[[ArgumentParser], None] = _no_arguments
    login: str | None = "app"  # the database login it needs; None: no database
    django: bool = True  # whether it needs the apps; without them it starts at once


class Unusable(Exception):
    """The input cannot be read or the words do not fit; the message is one sentence. Exit 2."""


class Impossible(Exception):
    """The environment does not allow it; the message is one sentence. Exit 3."""
