from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import MenuEntry, Story, registers
from anwei.foundation.definitions.permissions import READ_RULES
from anwei.foundation.definitions.resources import VERSIONS
from anwei.foundation.definitions.walled import WALLED

STORIES = (
    Story("definitions.drafted", _("Rule drafted")),
    Story("definitions.published", _("Rule published")),
    Story("definitions.shipped", _("Rule offered by an upgrade")),
)


def register() -> None:
    registers.walled += WALLED
    registers.resources[VERSIONS.collection] = VERSIONS
    registers.menu.append(MenuEntry("system", _("Rules"), "definitions:list", "flow", READ_RULES, 20))
    registers.links["definitions.Version"] = lambda id: reverse("definitions:version", args=[id])
    registers.stories |= {story.word: story for story in STORIES}
