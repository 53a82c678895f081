from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NoteIsEmpty(Refusal):
    code = "note_is_empty"
    status = 422
    sentence = _("Write something first; an empty note is not kept.")
