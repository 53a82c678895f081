from anwei.core.app import BusinessApp


class InstrumentsConfig(BusinessApp):
    name = "anwei.equipment.instruments"
    label = "instruments"
