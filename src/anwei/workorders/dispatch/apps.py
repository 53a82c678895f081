from anwei.core.app import BusinessApp


class DispatchConfig(BusinessApp):
    name = "anwei.workorders.dispatch"
    label = "dispatch"
