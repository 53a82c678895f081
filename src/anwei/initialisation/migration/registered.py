from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Field, Home, MenuEntry, Resource, Story, registers
from anwei.initialisation.migration.models import ImportSession
from anwei.initialisation.migration.permissions import READ_IMPORTS

IMPORTS = Resource(
    collection="imports",
    model=ImportSession,
    right=READ_IMPORTS,
    fields=[
        Field("kind", str),
        Field("state", str),
        Field("file", str, source="file__name"),
        Field("counts", dict),
        Field("changed_at", str),
    ],
)

STORIES = (
    Story("migration.checked", _("Import checked")),
    Story("migration.loaded", _("Import loaded")),
    Story("migration.undone", _("Import undone")),
)


def register() -> None:
    registers.resources[IMPORTS.collection] = IMPORTS
    registers.menu.append(MenuEntry("data", _("Imports"), "migration:list", "import", READ_IMPORTS, 10))
    registers.homes.append(Home("data_steward", "migration:list", 50))
    registers.links["migration.ImportSession"] = lambda id: reverse("migration:session", args=[id])
    registers.stories |= {story.word: story for story in STORIES}
