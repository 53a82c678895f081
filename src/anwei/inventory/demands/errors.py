from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NothingWanted(Refusal):
    code = "nothing_wanted"
    status = 422
    sentence = _("The quantity must be above zero. Nothing was asked for.")


class NotReserved(Refusal):
    code = "not_reserved"
    sentence = _("%(part)s for %(label)s is not reserved, so it cannot be issued. Look at the present state.")


class ScanDiffers(Refusal):
    code = "scan_differs"
    status = 422
    sentence = _("“%(scan)s” is not %(part)s (%(expected)s). Nothing was issued; scan the right piece.")


class NothingToIssue(Refusal):
    code = "nothing_to_issue"
    status = 422
    sentence = _("No line was chosen. Nothing was issued.")


class OnlyToVans(Refusal):
    code = "only_to_vans"
    sentence = _("%(part)s for %(label)s is wanted in %(place)s, which is no van. Send it as a transfer.")
