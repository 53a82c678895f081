"""Flows as definitions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from anwei.core.flow import FlowError, read_flow
from anwei.core.registers import Text, registers


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
