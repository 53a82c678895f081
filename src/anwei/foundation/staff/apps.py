from anwei.core.app import BusinessApp


class StaffConfig(BusinessApp):
    name = "anwei.foundation.staff"
    label = "staff"
