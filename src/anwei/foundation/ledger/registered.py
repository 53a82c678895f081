from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Field, Resource, Story, registers
from anwei.foundation.ledger.invariants import BOOKS_BALANCE
from anwei.foundation.ledger.models import Line
from anwei.foundation.ledger.permissions import READ_LEDGER

LINES = Resource(
    collection="ledger-lines",
    model=Line,
    right=READ_LEDGER,
    fields=[
        Field("entry", str, source="entry_id"), Field("on", str, source="entry__on"), Field("source", str, source="entry__source"),
        Field("posting", str, source="entry__posting"), Field("account", str, source="account__code"), Field("debit", str),
        Field("credit", str), Field("currency", str, source="entry__currency"), Field("text", str, source="entry__text"),
    ],
    filters=("entry", "account__code"),
)  # fmt: skip

STORIES = (Story("ledger.account_opened", _("Ledger account opened")),)


def register() -> None:
    registers.resources[LINES.collection] = LINES
    registers.invariants.append(BOOKS_BALANCE)
    registers.stories |= {story.word: story for story in STORIES}
