"""What people from outside may read of contracts: their own."""

from anwei.core.wall import Walled
from anwei.equipment.contracts.models import Contract, CoveredDevice

WALLED = [
    Walled(Contract, "customer_id = {hospital} or customer_id = {distributor}"),
    Walled(CoveredDevice, "exists (select from contracts_contract k where k.id = contract_id)"),
]
