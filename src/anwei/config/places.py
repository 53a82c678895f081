"""Where this installation keeps its files."""

import hashlib
import os
import secrets
from functools import cache
from pathlib import Path

CLONE = Path(__file__).resolve().parents[3]


@cache
def home() -> Path:
    """Return the data home: `ANWEI_HOME`, else `var/` of the clone, else (as root) a folder an unprivileged account can reach."""
    if given := os.environ.get("ANWEI_HOME"):
        return Path(given).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/anwei") / hashlib.sha256(str(CLONE).encode()).hexdigest()[:12]
    return CLONE / "var"


@cache
def secret(name: str) -> str:
    """Return the text of a secret of this installation, made on first use and readable by its owner alone."""
    path = home() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        # whoever links first wins; a second process reads the winner's secret
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
