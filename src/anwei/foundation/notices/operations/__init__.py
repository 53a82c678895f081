"""Telling people, what they write on records, and mail that leaves the house."""

from anwei.foundation.notices.operations.inbox import read, read_all, tell, write_note
from anwei.foundation.notices.operations.outbox import begin_sending, end_sending, post, send_again

__all__ = ["begin_sending", "end_sending", "post", "read", "read_all", "send_again", "tell", "write_note"]
