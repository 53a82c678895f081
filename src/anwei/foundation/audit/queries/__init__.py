"""What happened to a record, who did it, and how it is proved."""

from anwei.foundation.audit.queries.deeds import DeedFilter, DeedPage, deeds_page, story, timeline
from anwei.foundation.audit.queries.proofs import Proof, proof_of
from anwei.foundation.audit.queries.telling import ChangeView, DeedView, FieldChange, Place

__all__ = [
    "ChangeView", "DeedFilter", "DeedPage", "DeedView", "FieldChange", "Place", "Proof", "deeds_page", "proof_of", "story", "timeline",
]  # fmt: skip
