"""Why a file cannot be read: one sentence a person can act on, and a stable code."""

from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class Unreadable(Refusal):
    """A file that is refused as a whole; nothing of it was taken."""

    code = "file.unreadable"
    status = 422
    sentence = _("The file cannot be read.")


class EmptyFile(Unreadable):
    code = "file.empty"
    sentence = _("The file is empty.")


class NotATable(Unreadable):
    code = "file.not_a_table"
    sentence = _("The file is not a table but %(what)s. Save it as an Excel workbook (.xlsx) or as CSV and try again.")


class Locked(Unreadable):
    code = "file.locked"
    sentence = _("The workbook is protected by a password. Remove the password in Excel, save it and try again.")


class HasMacros(Unreadable):
    code = "file.macros"
    sentence = _("The workbook contains macros. Save it as an Excel workbook without macros (.xlsx) and try again.")


class Damaged(Unreadable):
    code = "file.damaged"
    sentence = _("The file is damaged or not what its beginning says (%(part)s). Open it, save it anew and try again.")


class Hostile(Unreadable):
    code = "file.hostile"
    sentence = _("The workbook contains parts that no table needs (%(part)s) and is refused. Save it anew in Excel and try again.")


class TooLarge(Unreadable):
    code = "file.too_large"
    sentence = _("The file has %(megabytes)d MB; at most %(limit)d MB are read. Split it and try again.")


class UnpacksTooLarge(Unreadable):
    code = "file.unpacks_too_large"
    sentence = _("The workbook unpacks to more than %(limit)d MB. Delete unused sheets and formats, or split it, and try again.")


class TooManyCells(Unreadable):
    code = "file.too_many_cells"
    sentence = _(
        "Sheet “%(sheet)s” reaches to cell %(corner)s, far beyond its content. Delete the empty rows and columns, or split the sheet."
    )


class NotCalculated(Unreadable):
    code = "file.not_calculated"
    sentence = _("The workbook holds formulas that were never calculated. Open it in Excel, save it and try again.")


class UnknownEncoding(Unreadable):
    code = "file.unknown_encoding"
    sentence = _("The text is neither UTF-8 nor UTF-16 nor GB18030 (line %(line)d). Save it as “CSV UTF-8” and try again.")


class Misquoted(Unreadable):
    code = "file.misquoted"
    sentence = _("Row %(row)d: a quotation mark is not closed, or something stands behind one. Save the table anew as CSV and try again.")


class NoSuchSheet(Unreadable):
    code = "file.no_such_sheet"
    sentence = _("The workbook has no sheet “%(sheet)s”.")


class NoHeader(Unreadable):
    code = "file.no_header"
    sentence = _("No row with column names was found in the first %(rows)d rows.")
