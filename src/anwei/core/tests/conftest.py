"""What the tests of the kernel share."""

import pytest

from anwei.core.tests.specimen import specimens

__all__ = ["specimens"]


@pytest.fixture
def addresses(settings) -> None:
    """Use the tests' own addresses and English."""
    settings.ROOT_URLCONF = "anwei.core.tests.pages"
    settings.LANGUAGE_CODE = "en"
