from anwei.core.app import BusinessApp


class IntakeConfig(BusinessApp):
    name = "anwei.workorders.intake"
    label = "intake"
