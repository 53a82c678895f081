from anwei.core.app import BusinessApp


class AuditConfig(BusinessApp):
    name = "anwei.foundation.audit"
    label = "audit"
