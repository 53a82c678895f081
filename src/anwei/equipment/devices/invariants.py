"""What must always hold of devices."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Invariant
from anwei.equipment.devices.models import Block, Device


def _not_as_their_blocks() -> Sequence[Mapping[str, Any]]:
    standing = Exists(Block.objects.open().filter(device=OuterRef("pk")))
    rows = Device.objects.annotate(standing=standing).exclude(is_blocked=F("standing"))
    return [{"device": number, "is_blocked": blocked} for number, blocked in rows.values_list("number", "is_blocked")[:100]]


BLOCKED_AS_THEIR_BLOCKS = Invariant(
    "devices_blocked_as_their_blocks", _("A device is out of use while a block stands"), _not_as_their_blocks
)
