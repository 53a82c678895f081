"""The key by which serial numbers are compared."""

import re
from unicodedata import category, normalize

_DASHES = re.compile("[\u2010-\u2015\u2212]")


def normalise_serial(text: str) -> str:
    """Return the key of a serial number: full-width as half-width, capitals, one kind of dash, without spaces and invisible characters.

    What looks alike stays apart: 0 and O, 1 and I are different characters and are never taken for each other.
    """
    folded = normalize("NFKC", normalize("NFKC", text).upper())
    seen = "".join(character for character in folded if category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp"))
    # taking a space out may bring a letter and its accent together
    return _DASHES.sub("-", normalize("NFKC", seen))
