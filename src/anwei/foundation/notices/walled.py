"""What people from outside may read of notices: their own inbox."""

from anwei.core.wall import Walled
from anwei.foundation.notices.models import Notice

WALLED = [Walled(Notice, "user_id = {user}")]
