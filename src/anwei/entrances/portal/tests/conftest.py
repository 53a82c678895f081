"""What the tests of the portal share."""

from collections.abc import Iterator

import pytest

from anwei.entrances.portal import shelter

LIMITS = (shelter.LOOKS_OF_ADDRESS, shelter.LOOKS_AT_CODE, shelter.POSTS_OF_ADDRESS, shelter.POSTS_AT_CODE)


@pytest.fixture(autouse=True)
def calm() -> Iterator[None]:
    """Forget who called before: the limits live as long as the process."""
    for limit in LIMITS:
        limit.buckets.clear()
    yield
