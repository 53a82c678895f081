from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Scope, registers
from anwei.foundation.organisations.queries import body_names, finder
from anwei.foundation.organisations.resources import ORGANISATIONS


def register() -> None:
    registers.resources[ORGANISATIONS.collection] = ORGANISATIONS
    registers.scopes["hospital"] = Scope("hospital", _("Hospital"), finder("hospital"), body_names)
    registers.scopes["distributor"] = Scope("distributor", _("Distributor"), finder("distributor"), body_names)
