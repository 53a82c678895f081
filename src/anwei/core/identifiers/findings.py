"""What is odd about a device's part that comes with the name of its issuer, as in a register or a spreadsheet."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from anwei.core.identifiers import hibc, ma
from anwei.core.identifiers.errors import CheckDigitWrong
from anwei.core.identifiers.gtin import LENGTHS, read_gtin
from anwei.core.identifiers.scan import Issuer
from anwei.core.labels import Said

_NAMES = {
    "GS1": Issuer.GS1,
    "中国物品编码中心": Issuer.GS1,
    "HIBC": Issuer.HIBCC,
    "HIBCC": Issuer.HIBCC,
    "ICCBBA": Issuer.ICCBBA,
    "MA": Issuer.MA,
    "ZIIOT": Issuer.MA,
    "中关村": Issuer.MA,
    "AHM": Issuer.AHM,
    "阿里健康": Issuer.AHM,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one oddity: a stable code and a sentence."""

    code: str
    sentence: Said


def named_issuer(label: str) -> Issuer | None:
    """Return the issuer that a label of a register names, such as "GS1" or "中关村工信二维码技术研究院(ZIIOT)"."""
    upper = label.upper()
    longest = sorted((name for name in _NAMES if name in upper), key=len)
    return _NAMES[longest[-1]] if longest else None


def issuer_of(di: str) -> Issuer | None:
    """Return the issuer whose form a device's part has, whatever its label says; None if it has none's."""
    if di.isascii() and di.isdigit() and len(di) in LENGTHS:
        return Issuer.GS1
    if ma.DEVICE.fullmatch(di):
        return Issuer.MA
    if di.startswith("AHM"):
        return Issuer.AHM
    if di.startswith("="):
        return Issuer.ICCBBA
    return Issuer.HIBCC if hibc.DEVICE.fullmatch(di) else None


def find_oddities(di: str, label: str) -> tuple[Finding, ...]:
    """List what is odd about a device's part `di` whose issuer is given as `label`: form, check digit, issuer."""
    found: list[Finding] = []
    named, real = named_issuer(label), issuer_of(di)
    if real is None:
        found.append(Finding("di_form", Said(_("“%(di)s” has the form of no issuer's identifier"), {"di": di})))
    elif named is not real:
        values = {"di": di, "label": label, "issuer": real}
        found.append(Finding("di_issuer", Said(_("“%(di)s” is labelled “%(label)s”, but is an identifier of %(issuer)s"), values)))
    if real is Issuer.GS1:
        try:
            read_gtin(di, di)
        except CheckDigitWrong as wrong:
            found.append(Finding("di_check_digit", Said(CheckDigitWrong.sentence, wrong.values)))
    return tuple(found)
