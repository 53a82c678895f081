"""What each kind of list yields: from mapped rows to plain candidates, with everything that was found on the way."""

from anwei.initialisation.migration.kinds.candidates import Checked, Note
from anwei.initialisation.migration.kinds.device_models import DeviceModelCandidate, check_device_models, gmdn_categories
from anwei.initialisation.migration.kinds.hospitals import HospitalCandidate, check_hospitals

__all__ = ["Checked", "DeviceModelCandidate", "HospitalCandidate", "Note", "check_device_models", "check_hospitals", "gmdn_categories"]
