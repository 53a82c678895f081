"""What is done with demands."""

from anwei.inventory.demands.operations.asking import ask, cancel, meet, want
from anwei.inventory.demands.operations.issuing import IssueLine, issue
from anwei.inventory.demands.operations.serving import back_to_short, put_on_order, serve

__all__ = ["IssueLine", "ask", "back_to_short", "cancel", "issue", "meet", "put_on_order", "serve", "want"]
