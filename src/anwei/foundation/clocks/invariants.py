"""What must always hold of clocks: they stand where their steps put them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant
from anwei.foundation.clocks.models import Clock
from anwei.foundation.clocks.queries import calendar_of, pauses_of


def _not_as_recomputed() -> Sequence[Mapping[str, Any]]:
    rows = []
    now = timezone.now()
    for clock in Clock.objects.exclude(state__in=[Clock.State.CANCELLED, Clock.State.PAUSED]).prefetch_related("pauses").iterator(500):
        due = calendar_of(clock.calendar_id).add(clock.started_at, clock.target_minutes, pauses_of(clock, clock.stopped_at or now))
        if due != clock.due_at:
            rows.append({"clock": str(clock.pk), "due": clock.due_at.isoformat(), "recomputed": due.isoformat()})
    return rows


CLOCKS_AS_RECOMPUTED = Invariant("clocks_as_recomputed", _("Every clock is due when its start, target and pauses say"), _not_as_recomputed)
