from anwei.core.app import BusinessApp


class OrganisationsConfig(BusinessApp):
    name = "anwei.foundation.organisations"
    label = "organisations"
