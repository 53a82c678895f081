from anwei.core.app import BusinessApp


class VisitsConfig(BusinessApp):
    name = "anwei.workorders.visits"
    label = "visits"
