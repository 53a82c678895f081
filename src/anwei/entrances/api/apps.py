from anwei.core.app import BusinessApp


class ApiConfig(BusinessApp):
    name = "anwei.entrances.api"
    label = "api"
