"""What the proofs share: callers who may call as often as they like."""

import pytest

from anwei.entrances.api.door import LIMIT


@pytest.fixture
def unbounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every caller call as often as it likes."""
    monkeypatch.setattr(LIMIT, "burst", 10**9)
