from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_IMPORTS = right("migration.read", _("See imports and what was found in them"), "data_steward", "administrator", "auditor")
IMPORT = right("migration.import", _("Check and load files of old data"), "data_steward")
UNDO_IMPORT = right("migration.undo", _("Take a whole import back"), "data_steward")
