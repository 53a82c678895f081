"""Signatures: who, when, what for, and of exactly what (21 CFR 11.50, 11.70)."""

from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep_photo
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.errors import NothingShown, SignerNeeded
from anwei.workorders.visits.models import Signature
from anwei.workorders.visits.operations.planning import own_visit
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import shown_hash


@operation("visits.sign", right=WORK, on="order")
def sign(
    *, actor: Actor, order: WorkOrder, name: str, image: bytes, shown_sha256: str, at: datetime, duty: str = "", meaning: str = "accepted"
) -> Signature:
    """Take the ward's signature for what was shown to them; a change after it shows as such.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises SignerNeeded: nobody's name stands beside it
    :raises NothingShown: the order changed since it was shown
    :raises NotAPhoto, EmptyFile: the signature is no picture
    """
    visit = own_visit(actor, order)
    if not name.strip():
        raise SignerNeeded(field="name")
    if shown_sha256 != shown_hash(order):
        raise NothingShown
    file = keep_photo(image, name="signature.jpg", kind=StoredFile.Kind.SIGNATURE)
    signature = Signature.objects.create(visit=visit, name=name, duty=duty, meaning=meaning, file=file, shown_sha256=shown_sha256, at=at)
    record(signature, "visits.signed", at=at)
    record(order, "visits.signed", at=at)
    return signature
