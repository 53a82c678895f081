from anwei.core.app import BusinessApp


class FieldConfig(BusinessApp):
    name = "anwei.entrances.field"
    label = "field"
