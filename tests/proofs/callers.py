"""Who calls in the proofs: programs with keys, and people who are signed in."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from anwei.core.rights import RIGHTS
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import make_token
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.definitions.operations import draft, publish

BACKEND = "django.contrib.auth.backends.ModelBackend"
JSON = "application/json"


def make_key(user: User, *rights: str) -> str:
    """Make a key for a user with some of their rights and return its secret."""
    now = timezone.now()
    made = make_token(actor=system_actor("test"), user=user, name="proof", rights=list(rights), expires_at=now + timedelta(hours=1), at=now)
    return made.secret


def make_omnipotent_role(key: str, side: str = "ours", everywhere: bool = True) -> str:
    """Publish a role that carries every right, and return its key."""
    body = {"side": side, "everywhere": everywhere, "rights": sorted(RIGHTS)}
    version = draft(actor=system_actor("test"), kind="role", key=key, name_zh="全能", name_en="Omnipotent", body=body)
    publish(actor=system_actor("test"), definition=version.definition, at=timezone.now())
    return key


def make_omnipotent(username: str) -> str:
    """Make a user of ours who holds every right and sees every row, and return the secret of their key."""
    return make_key(make_user(username, make_omnipotent_role("omnipotent")), *RIGHTS)


def bearer(secret: str) -> dict[str, str]:
    """Return the header that shows a key."""
    return {"Authorization": f"Bearer {secret}"}


def signed_in(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    """Return a browser in which a user is signed in."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(user, backend=BACKEND)
    return client
