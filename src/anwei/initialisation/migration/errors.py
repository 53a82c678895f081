from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class UnknownImportKind(Refusal):
    code = "unknown_import_kind"
    status = 422
    sentence = _("“%(kind)s” is no kind of data that can be imported.")


class ColumnsMissing(Refusal):
    code = "columns_missing"
    status = 422
    sentence = _("No column was found for: %(fields)s. Nothing was kept; name the columns, or choose another sheet.")


class NothingToLoad(Refusal):
    code = "nothing_to_load"
    sentence = _("No row of this import waits to be loaded.")


class NotLoaded(Refusal):
    code = "not_loaded"
    sentence = _("This import was not loaded, or was taken back already.")
