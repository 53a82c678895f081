from anwei.core.app import BusinessApp


class PortalConfig(BusinessApp):
    name = "anwei.entrances.portal"
    label = "portal"
