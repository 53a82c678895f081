from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class PartExists(Refusal):
    code = "part_exists"
    sentence = _("There is a part %(number)s already.")


class PartNotOnList(Refusal):
    code = "part_not_on_list"
    status = 422
    sentence = _("No part of the parts list has the code “%(text)s”. Scan again, or type the number of the part.")


class SamePart(Refusal):
    code = "same_part"
    status = 422
    sentence = _("%(part)s cannot stand for itself.")


class RunsInACircle(Refusal):
    code = "runs_in_a_circle"
    sentence = _("%(other)s was itself superseded by %(part)s: which of the two is the newer?")
