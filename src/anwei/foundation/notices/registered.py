from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Panel, Story, registers
from anwei.foundation.notices.permissions import READ_NOTES
from anwei.foundation.notices.walled import WALLED

# records whose pages show notes: the slot of the page, and the kind under which they are kept
KINDS = {
    "order": ("orders.order", "orders.WorkOrder"), "device": ("devices.device", "devices.Device"),
    "contract": ("contracts.contract", "contracts.Contract"), "organisation": ("organisations.organisation", "organisations.Organisation"),
}  # fmt: skip

STORIES = (
    Story("notices.note_written", _("Note written")),
    Story("notices.read", _("Notices read"), repeats=True),
)


def register() -> None:
    registers.walled += WALLED
    registers.panels += [Panel(slot, _("Notes"), f"notices:on_{name}", READ_NOTES, 80) for name, (slot, _kind) in KINDS.items()]
    registers.stories |= {story.word: story for story in STORIES}
