"""Identifiers of devices and parts: unique device identification and serial numbers, read and never guessed."""

from anwei.core.identifiers.errors import (
    AmbiguousUdi,
    CheckDigitWrong,
    IssuerNotRead,
    UdiPartsDiffer,
    UdiRefusal,
    UdiUnreadable,
    UdiWithoutDevice,
)
from anwei.core.identifiers.findings import Finding, find_oddities, issuer_of, named_issuer
from anwei.core.identifiers.gtin import gtin_check_digit, read_gtin
from anwei.core.identifiers.scan import Issuer
from anwei.core.identifiers.serials import normalise_serial
from anwei.core.identifiers.udi import Udi, parse_udi

__all__ = [
    "AmbiguousUdi",
    "CheckDigitWrong",
    "Finding",
    "Issuer",
    "IssuerNotRead",
    "Udi",
    "UdiPartsDiffer",
    "UdiRefusal",
    "UdiUnreadable",
    "UdiWithoutDevice",
    "find_oddities",
    "gtin_check_digit",
    "issuer_of",
    "named_issuer",
    "normalise_serial",
    "parse_udi",
    "read_gtin",
]
