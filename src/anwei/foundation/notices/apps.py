from anwei.core.app import BusinessApp


class NoticesConfig(BusinessApp):
    name = "anwei.foundation.notices"
    label = "notices"
