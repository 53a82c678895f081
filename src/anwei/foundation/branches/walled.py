"""What people from outside may read of our branches: how they are called and reached stands on every sticker's page."""

from anwei.core.wall import Walled
from anwei.foundation.branches.models import Branch

WALLED = [Walled(Branch, "false", besides="true")]
