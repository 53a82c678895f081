"""Codes of stickers, and dates that can be."""

import secrets
from datetime import date
from unicodedata import normalize

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is taken for something else: no 0 O, 1 I L, U
CODE_LENGTH = 10
MOST_STICKERS = 500


def check_character(payload: str) -> str:
    """Return the character that ends a code: the hybrid system of ISO/IEC 7064 over the thirty characters of the alphabet.

    A wrong character is always noticed, since 31 is prime; of two neighbours changed about all but one pair in 435.
    """
    size = len(ALPHABET)
    rest = size
    for character in payload:
        rest = (rest + ALPHABET.index(character)) % size or size
        rest = rest * 2 % (size + 1)
    return ALPHABET[(size + 1 - rest) % size]


def new_code() -> str:
    """Return a code that nobody can guess: nine random characters of thirty, 44 bits, and the check character."""
    payload = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH - 1))
    return payload + check_character(payload)


def read_code(text: str) -> str:
    """Return the code that a person typed or a scanner gave, with or without its address; empty if it cannot be one."""
    plain = normalize("NFKC", text).strip().rstrip("/").rpartition("/")[2].upper()
    code = "".join(character for character in plain if character not in " -")
    if len(code) != CODE_LENGTH or any(character not in ALPHABET for character in code):
        return ""
    return code if check_character(code[:-1]) == code[-1] else ""


def dates_agree(*, today: date, bought: date | None, installed: date | None, warranty: date | None, ended: date | None = None) -> bool:
    """Say whether the dates of a device can be: bought, installed, ended in this order and not in the future; warranty after buying."""
    happened = [day for day in (bought, installed, ended) if day]
    if happened != sorted(happened) or any(day > today for day in happened):
        return False
    return not (warranty and bought and warranty < bought)
