from anwei.core.app import BusinessApp


class DefinitionsConfig(BusinessApp):
    name = "anwei.foundation.definitions"
    label = "definitions"
