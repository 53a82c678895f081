"""What people from outside may read of engineers: a distributor its own people."""

from anwei.core.wall import Walled
from anwei.foundation.staff.models import Engineer

WALLED = [Walled(Engineer, "user_id = {user} or employer_id = {distributor}", hidden=Engineer.internal)]
