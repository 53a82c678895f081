"""Keeping files: once by their content, before the deed that names them commits."""

import os
from hashlib import sha256
from pathlib import Path

from django.core.files.storage import default_storage

from anwei.core.operation import running_deed
from anwei.foundation.files.errors import NotAPaper, NotAPhoto, ScanTooLarge
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.names import safe_name
from anwei.foundation.files.pictures import MAX_MEGABYTES, open_photo


def _store(content: bytes, digest: str) -> None:
    """Write content under its digest: whole or not at all, and only once."""
    path = Path(default_storage.path(f"{digest[:2]}/{digest}"))
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{digest}.{os.getpid()}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def keep(content: bytes, *, kind: str, name: str, media_type: str, width: int | None = None, height: int | None = None) -> StoredFile:
    """Keep a file within the running deed."""
    running_deed()
    digest = sha256(content).hexdigest()
    _store(content, digest)
    return StoredFile.objects.create(
        sha256=digest, kind=kind, name=safe_name(name), media_type=media_type, size=len(content), width=width, height=height
    )


def keep_photo(content: bytes, *, name: str = "photo.jpg", kind: str = StoredFile.Kind.PHOTO) -> StoredFile:
    """Keep a photo within the running deed: drawn anew, without its metadata, with a thumbnail beside it.

    :raises Refusal: as `open_photo`: empty, too large, no photo, damaged
    """
    photo = open_photo(content)
    _store(photo.thumbnail_bytes, f"{photo.sha256}-thumb")
    return keep(photo.jpeg_bytes, kind=kind, name=name, media_type="image/jpeg", width=photo.width, height=photo.height)


def keep_paper(content: bytes, *, name: str) -> StoredFile:
    """Keep a scanned paper within the running deed: a PDF as it is, a photo drawn anew.

    :raises Refusal: ScanTooLarge, NotAPaper, or as `open_photo`
    """
    if not content.startswith(b"%PDF-"):
        try:
            return keep_photo(content, name=f"{name}.jpg", kind=StoredFile.Kind.DOCUMENT)
        except NotAPhoto as error:
            raise NotAPaper(field="paper") from error
    if len(content) > MAX_MEGABYTES * 1_000_000:
        raise ScanTooLarge(limit=MAX_MEGABYTES, field="paper")
    return keep(content, kind=StoredFile.Kind.DOCUMENT, name=f"{name}.pdf", media_type="application/pdf")


def content_of(file: StoredFile, *, thumbnail: bool = False) -> bytes:
    """Return what is kept of a file."""
    digest = f"{file.sha256}-thumb" if thumbnail else file.sha256
    with default_storage.open(f"{digest[:2]}/{digest}", "rb") as stored:
        content: bytes = stored.read()
    return content
