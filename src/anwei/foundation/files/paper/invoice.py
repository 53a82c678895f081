"""The invoice: who owes whom how much, for what, and whether it is paid."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from anwei.foundation.files.errors import InvoiceDoesNotAddUp
from anwei.foundation.files.paper import drawing, figures
from anwei.foundation.files.paper.canonical import digest
from anwei.foundation.files.paper.documents import Company, InvoiceDocument, InvoiceLine, PaymentState
from anwei.foundation.files.paper.typeset import render
from anwei.foundation.files.paper.words import say, words


def invoice(document: InvoiceDocument) -> bytes:
    """Set an invoice and return it as PDF.

    :raises InvoiceDoesNotAddUp: net plus tax of a line is not its gross
    :raises PaperTooLarge: more than one document carries
    """
    for number, line in enumerate(document.lines, start=1):
        if line.net + line.tax != line.gross:
            raise InvoiceDoesNotAddUp(line=number)
    pictures = {"qr": drawing.qr(document.verify_url)} if document.verify_url else {}
    return render("invoice", _data(document), at=document.issued_at, pictures=pictures)


def _data(document: InvoiceDocument) -> dict[str, Any]:
    languages, currency, payment = document.languages, document.currency, document.payment
    gross = sum((line.gross for line in document.lines), Decimal(0))
    in_capitals = currency == "CNY" and any(language.startswith("zh") for language in languages)
    return {
        "words": words(languages),
        "language": languages[0],
        "number": document.number,
        "order": document.order_number,
        "contract": say(document.contract, languages),
        "issued_on": figures.moment(document.issued_at, document.time_zone)[:10],
        "draft": document.draft,
        "fingerprint": digest(document),
        "verify_url": document.verify_url,
        "tax_invoice": document.tax_invoice_number,
        "seller": company(document.seller, languages),
        "buyer": company(document.buyer, languages),
        "provider": {"name": say(document.seller.name, languages)},
        "lines": [_line(line, currency, languages) for line in document.lines],
        "taxes": _taxes(document),
        "net": figures.amount(sum((line.net for line in document.lines), Decimal(0)), currency),
        "gross": figures.amount(gross, currency),
        "capitals": figures.capital(gross) if in_capitals else "",
        "currency": currency,
        "state": payment.state.value,
        "due_on": payment.due_on.isoformat() if payment.due_on else "",
        "paid": figures.amount(payment.paid, currency) if payment.paid else "",
        "paid_on": payment.paid_on.isoformat() if payment.paid_on else "",
        "open": "" if payment.state == PaymentState.REVERSED else figures.amount(gross - payment.paid, currency),
        "notes": [say(note, languages) for note in document.notes],
    }


def company(body: Company, languages: tuple[str, ...]) -> dict[str, Any]:
    """Return a legal body as a paper shows it: its name and the facts beside it."""
    return {
        "name": say(body.name, languages),
        "facts": [
            ["tax_number", body.tax_number],
            ["address", say(body.address, languages)],
            ["phone", body.phone],
            ["bank", say(body.bank, languages)],
            ["account", body.account],
        ],
    }


def _line(line: InvoiceLine, currency: str, languages: tuple[str, ...]) -> dict[str, Any]:
    return {
        "description": say(line.description, languages),
        "quantity": figures.quantity(line.quantity),
        "unit": say(line.unit, languages),
        "unit_price": figures.price(line.unit_price, currency),
        "rate": f"{figures.quantity(line.tax_rate)} %",
        "net": figures.amount(line.net, currency),
        "tax": figures.amount(line.tax, currency),
        "gross": figures.amount(line.gross, currency),
    }


def _taxes(document: InvoiceDocument) -> list[dict[str, str]]:
    sums: dict[Decimal, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for line in document.lines:
        total = sums[line.tax_rate]
        total[0] += line.net
        total[1] += line.tax
    return [
        {
            "rate": f"{figures.quantity(rate)} %",
            "net": figures.amount(net, document.currency),
            "tax": figures.amount(tax, document.currency),
        }
        for rate, (net, tax) in sorted(sums.items())
    ]
