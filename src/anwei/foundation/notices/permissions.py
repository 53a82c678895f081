from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import OURS

READ_NOTES = right("notices.read_notes", _("Read notes on the records one may see"), *OURS)
WRITE_NOTES = right("notices.write_note", _("Write notes on the records one may see"), *(role for role in OURS if role != "auditor"))
READ_OUTBOX = right(
    "notices.read_outbox", _("See the mails that leave the house"), "administrator", "service_manager", "buyer", "finance_clerk", "auditor"
)
SEND_AGAIN = right(
    "notices.send_again", _("Send a mail again that has failed"), "administrator", "service_manager", "buyer", "finance_clerk"
)
SEND_MAIL = right("notices.send_mail", _("Write down what became of a mail that was sent"), "administrator")
