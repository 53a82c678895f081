"""What people from outside may read of devices: those of their hospital, those they sold, those granted by name; with their lives."""

from anwei.core.wall import Walled
from anwei.equipment.devices.models import Block, Device, DeviceModel, Event, Sticker

DEVICES = "{d}id = {device} or {d}hospital_id = {hospital} or {d}distributor_id = {distributor}"
# spelled out: a device that only an order names brings nothing else along
OF_DEVICE = f"exists (select from devices_device d where d.id = device_id and ({DEVICES.replace('{d}', 'd.')}))"
WALLED = [
    Walled(DeviceModel, "true"),
    Walled(Device, DEVICES.replace("{d}", ""), names=("hospital", "department", "distributor")),
    Walled(Event, OF_DEVICE),
    Walled(Block, OF_DEVICE),
    Walled(Sticker, OF_DEVICE),
]
