"""What people from outside may read of decisions and reports: those of their orders."""

from anwei.core.wall import Walled
from anwei.workorders.orders.walled import OF_ORDER
from anwei.workorders.quality.models import Release, Report

WALLED = [Walled(Release, OF_ORDER, names=("by",), hidden=("evidence",)), Walled(Report, OF_ORDER, names=("file",))]
