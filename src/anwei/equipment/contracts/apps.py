from anwei.core.app import BusinessApp


class ContractsConfig(BusinessApp):
    name = "anwei.equipment.contracts"
    label = "contracts"
