from anwei.core.app import BusinessApp


class StockConfig(BusinessApp):
    name = "anwei.inventory.stock"
    label = "stock"
