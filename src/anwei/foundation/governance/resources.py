from anwei.core.registers import Field, Resource
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.permissions import READ_PROPOSALS

PROPOSALS = Resource(
    collection="proposals",
    model=Proposal,
    right=READ_PROPOSALS,
    fields=[
        Field("verb", str), Field("payload", dict), Field("subject", str), Field("subject_name", str), Field("reason", str),
        Field("state", str), Field("proposer", str, source="proposer_id"), Field("decided_by", str, source="decided_by_id"),
        Field("decided_at", str), Field("answer", str), Field("changed_at", str),
    ],
    filters=("state", "subject", "proposer"),
)  # fmt: skip
