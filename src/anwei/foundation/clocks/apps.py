from anwei.core.app import BusinessApp


class ClocksConfig(BusinessApp):
    name = "anwei.foundation.clocks"
    label = "clocks"
