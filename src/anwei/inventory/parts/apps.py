from anwei.core.app import BusinessApp


class PartsConfig(BusinessApp):
    name = "anwei.inventory.parts"
    label = "parts"
