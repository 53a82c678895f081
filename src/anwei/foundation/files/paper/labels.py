"""What a sticker says, and the labels it is printed on."""

from dataclasses import dataclass
from decimal import Decimal

from anwei.foundation.files.paper.documents import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StickerDevice:
    """What a claimed sticker says of its device."""

    name: Text
    model: str = ""
    serial: str = ""
    owner: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sticker:
    """A device's QR code; blank until a device claims it."""

    code: str
    url: str
    device: StickerDevice | None = None
    hotline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """A sheet of A4 labels; lengths in millimetres."""

    columns: int
    rows: int
    width: Decimal
    height: Decimal
    left: Decimal
    top: Decimal
    gap_x: Decimal = Decimal(0)
    gap_y: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSize:
    """One label of a roll; lengths in millimetres."""

    width: Decimal
    height: Decimal


A4_3X8 = SheetLayout(
    columns=3, rows=8, width=Decimal("63.5"), height=Decimal("33.9"), left=Decimal("7.2"), top=Decimal("12.9"), gap_x=Decimal("2.55")
)
LABEL_60X40 = LabelSize(width=Decimal(60), height=Decimal(40))
LABEL_40X30 = LabelSize(width=Decimal(40), height=Decimal(30))
