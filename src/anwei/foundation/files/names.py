"""Names of files that any system can store and no header can be split by."""

import re
import unicodedata

MAX_BYTES = 180
FORBIDDEN = re.compile(r'[<>:"/\\|?*%;]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(name: str, fallback: str = "file") -> str:
    """Return a name for a download: no path, no control or direction signs, at most 180 bytes with its extension kept."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(character for character in last if unicodedata.category(character)[0] not in "C")
    clean = re.sub(r"\s+", " ", FORBIDDEN.sub("_", visible)).strip(" .")
    if not clean or RESERVED.fullmatch(clean):
        clean = f"{fallback}_{clean}".rstrip("_")
    stem, dot, extension = clean.rpartition(".")
    if not stem or len(extension) > 8:
        stem, dot, extension = clean, "", ""
    return _cut(stem, MAX_BYTES - len((dot + extension).encode())) + dot + extension


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip(" .")
