from anwei.core.app import BusinessApp


class SuppliersConfig(BusinessApp):
    name = "anwei.procurement.suppliers"
    label = "suppliers"
