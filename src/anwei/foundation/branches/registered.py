from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Scope, Story, registers
from anwei.foundation.branches.queries import branch_names, find_branches
from anwei.foundation.branches.walled import WALLED

STORIES = (Story("branches.opened", _("Branch opened")),)


def register() -> None:
    registers.walled += WALLED
    registers.scopes["branch"] = Scope("branch", _("Branch"), find_branches, branch_names)
    registers.stories |= {story.word: story for story in STORIES}
