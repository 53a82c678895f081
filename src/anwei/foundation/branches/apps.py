from anwei.core.app import BusinessApp


class BranchesConfig(BusinessApp):
    name = "anwei.foundation.branches"
    label = "branches"
