"""What happened to a record, who did it, and how it is proved."""

from anwei.foundation.audit.queries.deeds import DeedFilter, DeedPage, deeds_page, story, timeline
from anwei.foundation.audit.queries.owed import OwedDeed, owed_deeds
from anwei.foundation.audit.queries.proofs import Proof, Seal, newest_seal, positions_of, proof_of
from anwei.foundation.audit.queries.telling import ChangeView, DeedView, FieldChange, Place

__all__ = [
    "ChangeView", "DeedFilter", "DeedPage", "DeedView", "FieldChange", "OwedDeed", "Place", "Proof", "Seal", "deeds_page", "newest_seal",
    "owed_deeds", "positions_of", "proof_of", "story", "timeline",
]  # fmt: skip
