"""Which database, and by which login: the login belongs to the process.

`DATABASE_URL` names a PostgreSQL (≥ 15) of one's own; without it the embedded one is started. `prepare()` is called once at the
entrance of every process; the connection then stands in the environment, so that child processes join the same database.
"""

import os
from typing import Any
from urllib.parse import unquote, urlparse

from anwei.config.places import secret
from anwei.core.command import Impossible

# Sessions of this login may read each other's statements: values go beside the text, not in it. They are cleaned by RESET ALL, so
# what Django sets as it connects comes with the connection itself.
OUTSIDE = {"server_side_binding": True, "options": "-c TimeZone=UTC"}
LOGINS = ("owner", "app", "sealer", "outside")


def prepare(login: str) -> None:
    """Make the database reachable and choose the login of this process.

    :raises EnvironmentRefusal: no database can be had here, with a sentence for people
    """
    if login not in LOGINS:
        raise ValueError(login)
    os.environ["ANWEI_LOGIN"] = login
    if "ANWEI_DSN_APP" in os.environ:  # a parent process prepared it
        return
    if given := os.environ.get("DATABASE_URL"):
        _prepare_foreign(given)
        return
    from anwei.config.embedded.server import acquire

    server = acquire()
    for name in LOGINS:
        dsn = server.dsn(name)
        os.environ[f"ANWEI_DSN_{name.upper()}"] = (
            f"postgresql://{dsn['user']}:{dsn['password']}@/{dsn['dbname']}?host={dsn['host']}&port={dsn['port']}"
        )


def _prepare_foreign(given: str) -> None:
    """Take a PostgreSQL of one's own: the URL's login owns the tables; the other logins are made by `anwei migrate`."""
    url = urlparse(given)
    if url.scheme not in ("postgresql", "postgres") or not url.path.lstrip("/"):
        raise Impossible("DATABASE_URL must read postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    os.environ["ANWEI_DSN_OWNER"] = given
    place = url.netloc.rpartition("@")[2]
    for name in LOGINS[1:]:
        netloc = f"anwei_{name}:{secret(f'db.{name}')}@{place}"
        os.environ[f"ANWEI_DSN_{name.upper()}"] = url._replace(netloc=netloc).geturl()


def make_logins() -> None:
    """Make the logins of the application, the sealer and outsiders on a PostgreSQL of one's own. Runs as the owner."""
    import psycopg
    from psycopg import sql

    if not os.environ.get("DATABASE_URL"):
        return
    with psycopg.connect(os.environ["ANWEI_DSN_OWNER"], autocommit=True) as owner:
        for name in LOGINS[1:]:
            role, password = sql.Identifier(f"anwei_{name}"), sql.Literal(secret(f"db.{name}"))
            known = owner.execute("select 1 from pg_roles where rolname = %s", [f"anwei_{name}"]).fetchone()
            made = sql.SQL("alter role {} login password {}" if known else "create role {} login password {}")
            owner.execute(made.format(role, password))


def connection(login: str | None = None) -> dict[str, Any]:
    """Return Django's settings of the connection for a login; without a prepared database they lead nowhere."""
    login = login or os.environ.get("ANWEI_LOGIN", "app")
    url = urlparse(os.environ.get(f"ANWEI_DSN_{login.upper()}") or "postgresql://nobody@/none")
    query = dict(part.split("=", 1) for part in url.query.split("&") if part)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(query.get("host", url.hostname or "")),
        "PORT": query.get("port", str(url.port or 5432)),
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": ({"pool": {"min_size": 1, "max_size": 8, "timeout": 10}} if os.environ.get("ANWEI_POOL") == "1" else {})
        | (OUTSIDE if login == "outside" else {}),
    }


def empty() -> None:
    """Drop everything in the database and leave it as if it had just been made. Runs as the owner."""
    import psycopg

    with psycopg.connect(os.environ["ANWEI_DSN_OWNER"], autocommit=True) as owner:
        owner.execute("drop schema if exists trail cascade")
        owner.execute("drop schema if exists wall cascade")
        owner.execute("drop schema public cascade")
        owner.execute("create schema public")
