"""Flows as definitions."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwei.core.flow import Flow, FlowError, read_flow
from anwei.core.registers import Text, registers
from anwei.foundation.definitions.models import Version


class FlowKind:
    """A flow of work orders; its body is what `read_flow` reads."""

    key = "flow"
    label: Text = _("Flow")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Name what cannot be read, what cannot work, and what no app knows."""
        try:
            flow = read_flow(body)
        except FlowError as error:
            return [str(error)]
        unknown = [str(_("no app knows the effect “%(name)s”")) % {"name": e} for e in sorted(flow.effects - set(registers.effects))]
        return [*(str(p) for p in flow.problems()), *unknown]


@lru_cache(maxsize=64)
def _read(version: UUID) -> Flow:
    # a published version is never edited: it may be kept for the life of the process
    return read_flow(Version.objects.values_list("body", flat=True).get(pk=version))


def flow_of(version: UUID) -> Flow:
    """Return the flow of a published version."""
    return _read(version)
