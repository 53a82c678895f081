"""What a deed left behind."""

from anwei.equipment.devices.models import Device, Event
from anwei.foundation.audit.models import Deed


def last_deed(verb: str) -> Deed:
    """Return the newest deed of a kind."""
    return Deed.objects.filter(verb=verb).latest("received")


def life(device: Device) -> list[str]:
    """Return what happened to a device, oldest first."""
    return list(Event.objects.filter(device=device).order_by("at", "created_at").values_list("kind", flat=True))
