"""Posting to the books: entries that balance, each from one source, never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import yaml
from django.db import IntegrityError, transaction

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, running_deed, unchanged
from anwei.foundation.ledger.errors import PostedAlready, Unbalanced, UnknownAccount
from anwei.foundation.ledger.models import Account, Entry, Line
from anwei.foundation.ledger.permissions import KEEP_LEDGER

CHART = Path(__file__).parent / "shipped" / "chart.yaml"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a posting: an account and an amount, above zero in debit, below zero in credit."""

    account: str
    amount: Decimal


@operation("ledger.install_chart", right=KEEP_LEDGER)
def install_chart(*, actor: Actor) -> int:
    """Open the accounts that the system's own postings use and that are not there yet; return how many."""
    rows = yaml.safe_load(CHART.read_text(encoding="utf-8"))
    known = set(Account.objects.filter(code__in=[r["code"] for r in rows]).values_list("code", flat=True))
    made = [Account(code=r["code"], name_zh=r["zh"], name_en=r["en"], kind=r["kind"]) for r in rows if r["code"] not in known]
    if not made:
        unchanged()
        return 0
    for account in Account.objects.bulk_create(made):
        record(account, "ledger.account_opened")
    return len(made)


def sub_account(*, parent: str, party: UUID, name: str) -> Account:
    """Return a party's own account under another, opened on first use within the running deed.

    :raises UnknownAccount: the account above does not exist
    """
    running_deed()
    above = Account.objects.filter(code=parent).first()
    if above is None:
        raise UnknownAccount(code=parent)
    found = Account.objects.filter(parent=above, party=party).first()
    if found:
        return found
    code = f"{parent}.{party.hex[-12:]}"
    return Account.objects.get_or_create(
        code=code, defaults={"name_zh": name[:100], "name_en": name[:100], "kind": above.kind, "party": party, "parent": above}
    )[0]


def post_entry(
    *, source: str, source_id: UUID, posting: str, on: date, sides: Sequence[Side], currency: str = "CNY", branch: UUID | None = None,
    text: str = "", reverses: Entry | None = None,
) -> Entry:  # fmt: skip
    """Write an entry within the running deed: once per source and kind of posting, whoever asks.

    :raises Unbalanced: debit and credit differ
    :raises UnknownAccount: an account does not exist
    :raises PostedAlready: this source has this posting
    """
    running_deed()
    debit, credit = sum((s.amount for s in sides if s.amount > 0), Decimal(0)), -sum((s.amount for s in sides if s.amount < 0), Decimal(0))
    if debit != credit or not debit:
        raise Unbalanced(debit=debit, credit=credit)
    accounts = {a.code: a for a in Account.objects.filter(code__in=[s.account for s in sides])}
    if missing := {s.account for s in sides} - set(accounts):
        raise UnknownAccount(code=", ".join(sorted(missing)))
    try:
        with transaction.atomic():  # the unique constraint is the guard: keep the transaction usable for the refusal
            entry = Entry.objects.create(
                on=on, source=source, source_id=source_id, posting=posting, currency=currency, branch=branch, text=text, reverses=reverses
            )
    except IntegrityError as error:
        raise PostedAlready from error
    Line.objects.bulk_create(
        [Line(entry=entry, account=accounts[s.account], debit=max(s.amount, Decimal(0)), credit=max(-s.amount, Decimal(0))) for s in sides]
    )
    return entry
