from anwei.core.app import BusinessApp


class PurchasingConfig(BusinessApp):
    name = "anwei.procurement.purchasing"
    label = "purchasing"
