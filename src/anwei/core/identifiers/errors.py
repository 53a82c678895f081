"""What cannot be read as an identifier, each with its sentence; the text as scanned stays in ``raw``."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal

if TYPE_CHECKING:
    from anwei.core.identifiers.udi import Udi


class UdiRefusal(Refusal):
    """Refuse a text as identifier and keep it."""

    code = "udi_refused"
    status = 422

    def __init__(self, raw: str, **values: object) -> None:
        super().__init__(raw=raw, **values)
        self.raw = raw


class UdiUnreadable(UdiRefusal):
    """Refuse a text that follows no rule of any issuer."""

    code = "udi_unreadable"
    sentence = _("“%(raw)s” cannot be read as a device identifier. Scan again, or type what stands in brackets on the label.")


class UdiWithoutDevice(UdiRefusal):
    """Refuse a text that carries a lot, date or serial, but not the device's part."""

    code = "udi_without_device"
    sentence = _("“%(raw)s” lacks the device's part. Scan the other code of the label too.")


class UdiPartsDiffer(UdiRefusal):
    """Refuse two codes that do not belong together, or one that says a thing twice."""

    code = "udi_parts_differ"
    sentence = _("“%(raw)s”: the codes do not belong together, or one thing is said twice.")


class CheckDigitWrong(UdiRefusal):
    """Refuse a text whose check character tells that it was misread or mistyped."""

    code = "udi_check_digit_wrong"
    sentence = _("The check character of “%(raw)s” is wrong: %(found)s instead of %(expected)s. Scan again or compare with the label.")


class AmbiguousUdi(UdiRefusal):
    """Refuse to guess where the scanner has lost a separator; ``candidates`` are the possible readings, to be shown to a person."""

    code = "udi_ambiguous"
    status = 409
    sentence = _("“%(raw)s” can be read in several ways: a separator is missing. Compare with the label and choose.")

    def __init__(self, raw: str, candidates: "tuple[Udi, ...]") -> None:
        super().__init__(raw)
        self.candidates = candidates


class IssuerNotRead(UdiRefusal):
    """Refuse to take apart a code of an issuer whose layout is not known here."""

    code = "udi_issuer_not_read"
    sentence = _(
        "“%(raw)s” is a code of %(issuer)s, which is not taken apart here. Type the device's part and the serial number from the label."
    )
