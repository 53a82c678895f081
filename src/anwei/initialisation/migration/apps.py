from anwei.core.app import BusinessApp


class MigrationConfig(BusinessApp):
    name = "anwei.initialisation.migration"
    label = "migration"
