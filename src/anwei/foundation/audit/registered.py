from anwei.core.operation import wire_journal
from anwei.foundation.audit.journal import TrailJournal


def register() -> None:
    wire_journal(TrailJournal())
