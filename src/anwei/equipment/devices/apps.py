from anwei.core.app import BusinessApp


class DevicesConfig(BusinessApp):
    name = "anwei.equipment.devices"
    label = "devices"
