from anwei.core.app import BusinessApp


class CliConfig(BusinessApp):
    name = "anwei.entrances.cli"
    label = "cli"
