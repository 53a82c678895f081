from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import OURS

READ_NOTES = right("notices.read_notes", _("Read notes on the records one may see"), *OURS)
WRITE_NOTES = right("notices.write_note", _("Write notes on the records one may see"), *(role for role in OURS if role != "auditor"))
