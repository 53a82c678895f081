from anwei.core.app import BusinessApp


class DemandsConfig(BusinessApp):
    name = "anwei.inventory.demands"
    label = "demands"
