from anwei.core.app import BusinessApp


class GovernanceConfig(BusinessApp):
    name = "anwei.foundation.governance"
    label = "governance"
