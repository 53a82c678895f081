"""The release protocols and the service reports of a device, as its papers name them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from anwei.workorders.quality.models import Release, Report


def releases(device: UUID) -> Iterator[dict[str, Any]]:
    """Yield the decisions on a device, oldest first, with the tests that each rested on."""
    for release in Release.objects.filter(device=device).select_related("order", "by").order_by("at", "id"):
        yield {
            "order": release.order.number, "verdict": release.verdict, "reason": release.reason, "by": release.by.name,
            "at": release.at.isoformat(), "evidence": release.evidence,
        }  # fmt: skip


def reports(device: UUID) -> Iterator[dict[str, Any]]:
    """Yield the delivered reports of a device, oldest first: number, digest of the data, digest of the paper itself."""
    for report in Report.objects.filter(order__device=device).select_related("order", "file").order_by("at", "id"):
        yield {
            "number": report.number, "order": report.order.number, "digest": report.digest, "file": report.file.name,
            "file_sha256": report.file.sha256, "at": report.at.isoformat(),
        }  # fmt: skip
