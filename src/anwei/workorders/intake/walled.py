"""What people from outside may read of fault requests: those of their hospital's devices, without who called."""

from anwei.core.wall import Walled
from anwei.workorders.intake.models import FaultRequest, RequestPhoto

OF_HOSPITAL = "exists (select from devices_device d where d.id = device_id and d.hospital_id = {hospital})"
WALLED = [
    Walled(FaultRequest, f"order_id = {{order}} or {OF_HOSPITAL}", hidden=FaultRequest.callers),
    Walled(RequestPhoto, "exists (select from intake_faultrequest r where r.id = request_id)", names=("file",)),
]
