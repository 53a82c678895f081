"""The one spelling of a document's data, so that two copies can be compared by a hash."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from anwei.foundation.files.paper.documents import InvoiceDocument, PurchaseDocument, ServiceReport

APPEARANCE = {"verify_url", "draft", "languages", "time_zone"}  # how and where it is shown, not what it says


def canonical(document: ServiceReport | InvoiceDocument | PurchaseDocument) -> bytes:
    """Return a document's data as ASCII JSON with sorted keys: times in UTC, numbers as text, pictures as their SHA-256."""
    content = {"kind": type(document).__name__, **_plain(document)}
    kept = {key: value for key, value in content.items() if key not in APPEARANCE}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def digest(document: ServiceReport | InvoiceDocument | PurchaseDocument) -> str:
    """Return the SHA-256 of the canonical data, in hexadecimal: what a signature is bound to and the paper prints."""
    return sha256(canonical(document)).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return f"{value:f}"
        case bytes():
            return sha256(value).hexdigest()
        case tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
