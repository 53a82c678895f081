"""Making the database fit the code: logins' rights, tables, the trail, and the shipped rules. Runs as the owner."""

from django.core.management import call_command

from anwei.config.database import make_logins
from anwei.config.fit import forget
from anwei.foundation.accounts.policies import install_wall
from anwei.foundation.audit.installation import after_migrate, before_migrate


def migrate(verbosity: int = 0) -> None:
    """Bring tables and trail to the state of the code; safe to run again."""
    forget()
    make_logins()
    before_migrate()
    call_command("migrate", interactive=False, verbosity=verbosity)
    after_migrate()
    install_wall()
