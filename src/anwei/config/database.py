"""Which database, and by which login: the login belongs to the process.

`DATABASE_URL` names a PostgreSQL (≥ 15) of one's own; without it the embedded one is started. `prepare()` is called once at the
entrance of every process; the connection then stands in the environment, so that child processes join the same database.
"""

import os
from typing import Any
from urllib.parse import unquote, urlparse

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
    from anwei.config.embedded.server import acquire

    server = acquire()
    for name in LOGINS:
        dsn = server.dsn(name)
        os.environ[f"ANWEI_DSN_{name.upper()}"] = (
            f"postgresql://{dsn['user']}:{dsn['password']}@/{dsn['dbname']}?host={dsn['host']}&port={dsn['port']}"
        )


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
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}} if os.environ.get("ANWEI_POOL") == "1" else {},
    }
