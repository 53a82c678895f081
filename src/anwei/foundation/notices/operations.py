"""Telling people, and what they write on records."""

from collections.abc import Mapping
from datetime import datetime

from anwei.foundation.accounts.models import User
from anwei.foundation.notices.models import Notice


def tell(*, user: User, message: str, values: Mapping[str, str], url: str, at: datetime) -> Notice:
    """Put a line into somebody's inbox within the running deed; the message is rendered in the reader's language."""
    return Notice.objects.create(user=user, message=message, values=dict(values), url=url, at=at)
