"""What was done to an order, in the words of the shipped flow; a company's own steps keep their verb."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from anwei.core.labels import Label
from anwei.core.registers import Story
from anwei.foundation.definitions.queries import shipped
from anwei.workorders.orders.shown import STEP_ICONS


def order_stories() -> Iterator[Story]:
    """Give the words of every step that a shipped flow knows, and of opening an order."""
    yield Story("orders.opened", _("Order opened"), "orders", "blue")
    for flow in shipped("flow"):
        for step in flow["body"]["transitions"]:
            label = Label(step["zh"], step["en"])
            yield Story(f"orders.{step['verb']}", label, STEP_ICONS.get(step["verb"], "trail"))  # type: ignore[arg-type]
