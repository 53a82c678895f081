"""What people from outside may read of users: themselves, by name."""

from anwei.core.wall import Walled
from anwei.foundation.accounts.models import User

PRIVATE = ("password", "last_login", "email", "phone", "organisation", "is_active")
WALLED = [Walled(User, "id = {user}", hidden=PRIVATE)]
