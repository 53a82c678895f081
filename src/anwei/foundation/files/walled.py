"""What people from outside may read of files: those that a record of theirs names."""

from anwei.core.wall import Walled
from anwei.foundation.files.models import StoredFile

WALLED = [Walled(StoredFile, "false")]
