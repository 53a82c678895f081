"""The shipped rules, installed through the operation like any other. Runs as the application."""

from datetime import datetime

from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.roles import shipped_roles
from anwei.foundation.definitions.operations import install


def install_shipped(at: datetime) -> None:
    """Install every rule that lies in the tree and that this company does not have yet."""
    actor = system_actor("installation")
    for role in shipped_roles():
        body = {"side": role["side"], "everywhere": role["everywhere"], "rights": role["rights"]}
        install(actor=actor, kind="role", key=role["key"], name_zh=role["zh"], name_en=role["en"], body=body, at=at)
