from anwei.core.app import BusinessApp


class FilesConfig(BusinessApp):
    name = "anwei.foundation.files"
    label = "files"
