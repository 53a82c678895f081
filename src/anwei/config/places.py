"""Where this installation keeps its files."""

import hashlib
import os
import secrets
from functools import cache
from pathlib import Path

from anwei.config.embedded.refusals import refusing

CLONE = Path(__file__).resolve().parents[3]


@cache
def home() -> Path:
    """Return the data home: `ANWEI_HOME`, else `var/` of the clone, else (as root) a folder an unprivileged account can reach."""
    if given := os.environ.get("ANWEI_HOME"):
        return Path(given).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/anwei") / hashlib.sha256(str(CLONE).encode()).hexdigest()[:12]
    return CLONE / "var"


def prepare(folder: Path) -> None:
    """Make a folder and its missing parents, whatever the umask: ours alone, or, as root, passable for the database's account."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(mode)


@cache
def secret(name: str) -> str:
    """Return the text of a secret of this installation, made on first use and readable by its owner alone.

    :raises EnvironmentRefusal: the data home cannot be used
    """
    with refusing(home()):
        path = home() / "secrets" / name
        if not path.exists():
            prepare(home())
            path.parent.mkdir(exist_ok=True, mode=0o700)
            _draw(path)
        return path.read_text()


def _draw(path: Path) -> None:
    """Write a new secret, unless another process was first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
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
