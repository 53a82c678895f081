"""What people from outside may read of rules: those that their pages are drawn by, and the service levels they were promised."""

from anwei.core.wall import Walled
from anwei.foundation.definitions.models import Definition, Version

SHOWN = "kind in ('flow', 'role', 'sla')"
PUBLISHED = f"status <> 'draft' and exists (select from definitions_definition d where d.id = definition_id and d.{SHOWN})"
WALLED = [
    Walled(Definition, "false", besides=SHOWN),
    Walled(Version, "false", besides=PUBLISHED),
]
