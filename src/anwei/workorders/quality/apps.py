from anwei.core.app import BusinessApp


class QualityConfig(BusinessApp):
    name = "anwei.workorders.quality"
    label = "quality"
