"""The purchase order: what we want, from whom, where to, by when, at what price."""

from decimal import Decimal
from typing import Any

from anwei.foundation.files.paper import figures
from anwei.foundation.files.paper.canonical import digest
from anwei.foundation.files.paper.documents import PurchaseDocument, PurchaseLine
from anwei.foundation.files.paper.invoice import company
from anwei.foundation.files.paper.typeset import render
from anwei.foundation.files.paper.words import say, words


def purchase_order(document: PurchaseDocument) -> bytes:
    """Set a purchase order and return it as PDF.

    :raises PaperTooLarge: more than one document carries
    """
    return render("purchase_order", _data(document), at=document.ordered_at)


def _data(document: PurchaseDocument) -> dict[str, Any]:
    languages, currency = document.languages, document.currency
    net, tax = (sum((getattr(line, name) for line in document.lines), Decimal(0)) for name in ("net", "tax"))
    in_capitals = currency == "CNY" and any(language.startswith("zh") for language in languages)
    return {
        "words": words(languages),
        "language": languages[0],
        "number": document.number,
        "ordered_on": figures.moment(document.ordered_at, document.time_zone)[:10],
        "wanted_on": document.wanted_on.isoformat() if document.wanted_on else "",
        "draft": False,
        "fingerprint": digest(document),
        "buyer": company(document.buyer, languages),
        "supplier": company(document.supplier, languages),
        "provider": {"name": say(document.buyer.name, languages)},
        "deliver_to": say(document.deliver_to, languages),
        "contact": document.contact,
        "lines": [_line(line, currency, languages) for line in document.lines],
        "net": figures.amount(net, currency),
        "tax": figures.amount(tax, currency),
        "gross": figures.amount(net + tax, currency),
        "capitals": figures.capital(net + tax) if in_capitals else "",
        "currency": currency,
        "notes": [say(note, languages) for note in document.notes],
    }


def _line(line: PurchaseLine, currency: str, languages: tuple[str, ...]) -> dict[str, Any]:
    return {
        "number": line.number,
        "description": say(line.description, languages),
        "quantity": figures.quantity(line.quantity),
        "unit": say(line.unit, languages),
        "unit_price": figures.price(line.unit_price, currency),
        "rate": f"{figures.quantity(line.tax_rate)} %",
        "net": figures.amount(line.net, currency),
        "tax": figures.amount(line.tax, currency),
    }
