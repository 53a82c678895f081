"""The logins of the embedded database: one for each kind of process, with a random password each."""

import json
import os
import secrets
from pathlib import Path

from anwei.config.embedded.refusals import EnvironmentRefusal

DATABASE = "anwei"
SUPERUSER = "postgres"
ROLES = {login: f"anwei_{login}" for login in ("owner", "app", "sealer", "outside")}

# A transaction left open holds back followers and sealer: the longest a whole one, and a pause inside one, may last.
# A deed sets its own, tighter bound; the owner migrates and may take its time.
TIMEOUTS = {"app": ("60s", "30s"), "sealer": ("60s", "15s"), "outside": ("15s", "5s")}


def draw(path: Path) -> dict[str, str]:
    """Return a new password for each role, kept in a file that its owner alone may read."""
    passwords = {role: secrets.token_urlsafe(32) for role in (SUPERUSER, *ROLES.values())}
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(passwords, file)
    draft.replace(path)
    return passwords


def recall(path: Path) -> dict[str, str]:
    """Return the password of each role.

    :raises EnvironmentRefusal: the file is gone or damaged
    """
    try:
        passwords: dict[str, str] = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        raise EnvironmentRefusal("passwords", path=path) from None
    return passwords


def statements(passwords: dict[str, str]) -> str:
    """Return the SQL that makes the roles and the database, a statement a line, as `postgres --single` reads it."""
    lines = [f"create role {role} login password '{passwords[role]}';" for role in ROLES.values()]
    for login, (transaction, idle) in TIMEOUTS.items():
        lines += [
            f"alter role {ROLES[login]} set transaction_timeout = '{transaction}';",
            f"alter role {ROLES[login]} set idle_in_transaction_session_timeout = '{idle}';",
        ]
    lines += [
        # every session of a login may read what the others of it are running
        f"alter role {ROLES['outside']} set track_activities = off;",
        f"alter role {ROLES['owner']} createdb;",
        # without it the owner could not drop a database that others still look at
        f"grant pg_signal_backend to {ROLES['owner']};",
        f"create database {DATABASE} owner {ROLES['owner']};",
    ]
    return "\n".join(lines) + "\n"
