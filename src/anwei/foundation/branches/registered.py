from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Scope, registers
from anwei.foundation.branches.queries import branch_names, find_branches
from anwei.foundation.branches.walled import WALLED


def register() -> None:
    registers.walled += WALLED
    registers.scopes["branch"] = Scope("branch", _("Branch"), find_branches, branch_names)
