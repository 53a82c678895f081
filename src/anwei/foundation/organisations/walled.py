"""What people from outside may read of bodies: their own."""

from anwei.core.wall import Walled
from anwei.foundation.organisations.models import Alias, Contact, Department, Organisation

OWN = "organisation_id = {hospital} or organisation_id = {distributor}"
WALLED = [
    Walled(Organisation, "id = {hospital} or id = {distributor}"),
    Walled(Alias, OWN),
    Walled(Department, OWN),
    Walled(Contact, OWN),
]
