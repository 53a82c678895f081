"""Serving files to who may see a record that keeps them."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, page
from anwei.core.registers import registers
from anwei.foundation.accounts.permissions import SIGN_IN
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import content_of

INLINE = ("image/jpeg", "image/png", "application/pdf")


def send(file: StoredFile, *, thumbnail: bool = False) -> HttpResponse:
    """Return a file as it is sent: pictures and papers are shown, all else is downloaded."""
    response = HttpResponse(content_of(file, thumbnail=thumbnail), content_type=file.media_type)
    shown = "inline" if file.media_type in INLINE else "attachment"
    response["Content-Disposition"] = f"{shown}; filename*=UTF-8''{_quoted(file.name)}"
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _quoted(name: str) -> str:

    return quote(name, safe="")


@page(right=SIGN_IN)
def download(request: PageRequest, id: UUID) -> HttpResponse:
    """Send a file that a record keeps which the reader may see."""
    file = StoredFile.objects.filter(pk=id).first()
    if file is None or not any(owns(request.actor, file.pk) for owns in registers.file_owners):
        raise NotFound(kind="file")
    return send(file, thumbnail="thumb" in request.GET)
