"""The fixed words of the papers, and every text in the languages of its document."""

from collections.abc import Iterable
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from anwei.foundation.files.paper.documents import CHINESE, Text

WORDS: MappingProxyType[str, Promise | str] = MappingProxyType(
    {
        # every paper
        "page": _("Page %(page)s of %(pages)s"),
        "draft": pgettext_lazy("watermark", "DRAFT"),
        "lost": _("Signs left out or replaced by 〓, since the font cannot show them:"),
        "fingerprint": _("Fingerprint of the data, SHA-256"),
        "order": _("Work order"),
        "contract": _("Contract"),
        "total": _("Total"),
        # service report
        "report_title": _("Medical device service report"),
        "released": _("Repaired, released to clinical use"),
        "limited": _("Limited use only"),
        "blocked": pgettext_lazy("paper", "Do not use"),
        "pending": _("Not yet released, do not use"),
        "label_released": pgettext_lazy("device label", "Green: pass"),
        "label_limited": pgettext_lazy("device label", "Yellow: limited"),
        "label_blocked": pgettext_lazy("device label", "Red: out of use"),
        "label_pending": pgettext_lazy("device label", "Red: out of use"),
        "decided": _("Decided"),
        "independent": _("not the repairer"),
        "reason": _("Reason"),
        "customer_device": _("Customer and device"),
        "customer": _("Customer"),
        "department": _("Department"),
        "place": _("Place"),
        "reported_by": _("Reported by"),
        "device": _("Device"),
        "model": _("Model"),
        "maker": _("Maker"),
        "serial": _("Serial no."),
        "udi": "UDI-DI",
        "no_udi": _("Device carries no UDI"),
        "asset": _("Asset no."),
        "other_ids": _("Other ids"),
        "software": _("Software"),
        "times": _("Times"),
        "reported": _("Reported"),
        "responded": _("Response"),
        "arrived": pgettext_lazy("paper", "On site"),
        "finished": _("Finished"),
        "downtime": _("Downtime"),
        "service_level": _("Service level"),
        "work": _("Fault, cause, work done"),
        "fault": _("Fault"),
        "cause": _("Cause"),
        "work_done": _("Work done"),
        "remarks": _("Remarks"),
        "serviced_on": _("Date of service"),
        "serviced_by": _("Serviced by"),
        "readings": _("Test and inspection data"),
        "item": _("Item"),
        "before": pgettext_lazy("reading", "Before"),
        "after": pgettext_lazy("reading", "After"),
        "limits": _("Limits"),
        "unit": _("Unit"),
        "result": _("Result"),
        "pass": pgettext_lazy("reading", "Pass"),
        "fail": pgettext_lazy("reading", "Fail"),
        "recorded": pgettext_lazy("reading", "Recorded"),
        "not_applicable": pgettext_lazy("reading", "Not applicable"),
        "low": pgettext_lazy("reading", "Low"),
        "high": pgettext_lazy("reading", "High"),
        "no_tests": _("No test was made"),
        "testers": _("Test instruments"),
        "calibrated_until": _("calibrated until"),
        "calibration_expired": _("calibration expired"),
        "parts_labour": _("Parts and labour"),
        "new": pgettext_lazy("part", "New"),
        "old": pgettext_lazy("part", "Old"),
        "quantity": _("Qty"),
        "payer": _("Payer and ground"),
        "due": _("Due"),
        "total_due": _("Total due from customer"),
        "signatures": _("Signatures"),
        "report_foot": _("Signatures lock this report; later corrections are added as reasoned amendments. Scan the code to verify it."),
        # invoice
        "invoice_title": _("Service invoice"),
        "issued_on": _("Date of issue"),
        "seller": _("Seller"),
        "buyer": _("Buyer"),
        "address": _("Address"),
        "phone": _("Phone"),
        "tax_number": _("Tax no."),
        "bank": _("Bank"),
        "account": _("Account"),
        "description": _("Description"),
        "unit_price": _("Unit price"),
        "net": _("Net"),
        "tax": _("Tax"),
        "gross": _("Gross"),
        "in_capitals": _("Amount in words"),
        "due_on": _("Payable until"),
        "paid": pgettext_lazy("paper", "Paid"),
        "open": pgettext_lazy("amount", "Open"),
        "tax_invoice": _("VAT invoice no."),
        "state_unpaid": pgettext_lazy("invoice", "Unpaid"),
        "state_partly_paid": pgettext_lazy("invoice", "Partly paid"),
        "state_paid": pgettext_lazy("invoice", "Paid"),
        "state_reversed": pgettext_lazy("invoice", "Reversed"),
        "invoice_foot": _("This is a statement of charges, not a VAT invoice; that one is issued through the tax system."),
        # purchase order
        "purchase_title": _("Purchase order"),
        "ordered_on": _("Ordered on"),
        "wanted_on": _("Needed by"),
        "purchaser": _("Purchaser"),
        "supplier": _("Supplier"),
        "deliver_to": _("Deliver to"),
        "contact_person": _("Contact person"),
        "part_number": _("Part no."),
        "purchase_foot": _("Please confirm the day of delivery, and put this number on the delivery note and on the invoice."),
        # stickers
        "scan": _("Scan to report a fault"),
        "hotline": _("Hotline"),
    }
)


def words(languages: Iterable[str]) -> dict[str, list[str]]:
    """Return every fixed word in the languages of a document, in their order."""
    return {key: in_each(word, languages) for key, word in WORDS.items()}


def in_each(word: Promise | str, languages: Iterable[str]) -> list[str]:
    """Return a translatable word in each language; the same word twice is said once."""
    said: list[str] = []
    for language in languages:
        with override(language):
            said.append(str(word))
    return list(dict.fromkeys(said))


def say(text: Text, languages: Iterable[str]) -> list[str]:
    """Return a text of the data in the languages of a document, or in the one it has."""
    if isinstance(text, str):
        return [text] if text else []
    said = [text.zh if language == CHINESE else text.en for language in languages]
    return list(dict.fromkeys(filter(None, said))) or [text.zh or text.en]
