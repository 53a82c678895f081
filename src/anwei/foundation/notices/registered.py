from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import MenuEntry, Panel, Story, registers
from anwei.foundation.notices.permissions import READ_NOTES, READ_OUTBOX
from anwei.foundation.notices.queries import failed_count, keeps_file
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
    registers.menu.append(MenuEntry("system", _("Outbox"), "notices:outbox", "send", READ_OUTBOX, 30, failed_count))
    registers.links["notices.Mail"] = lambda id: reverse("notices:mail", args=[id])
    registers.file_owners.append(keeps_file)
    sent = [
        Story("notices.posted", _("Mail put into the outbox"), "send"),
        Story("notices.sending", _("Mail is being sent"), "send", "grey"),
        Story("notices.sent", _("Mail sent"), "send", "green"),
        Story("notices.written", _("Written as a file, not sent"), "paper", "amber"),
        Story("notices.put_off", _("Mail could not be sent, is tried again"), "wait", "amber"),
        Story("notices.failed", _("Mail has failed"), "stop", "red"),
        Story("notices.send_again", _("Failed mail is sent again"), "again", "amber"),
    ]
    registers.stories |= {story.word: story for story in (*sent, *STORIES)}
