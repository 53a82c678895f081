"""Identifiers of devices: unique device identification and serial numbers, read and never guessed."""

from anwei.equipment.devices.identifiers.errors import (
    AmbiguousUdi,
    CheckDigitWrong,
    IssuerNotRead,
    UdiPartsDiffer,
    UdiRefusal,
    UdiUnreadable,
    UdiWithoutDevice,
)
from anwei.equipment.devices.identifiers.findings import Finding, find_oddities, issuer_of, named_issuer
from anwei.equipment.devices.identifiers.gtin import gtin_check_digit, read_gtin
from anwei.equipment.devices.identifiers.scan import Issuer
from anwei.equipment.devices.identifiers.serials import normalise_serial
from anwei.equipment.devices.identifiers.udi import Udi, parse_udi

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
