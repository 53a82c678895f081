from anwei.core.app import BusinessApp


class OrdersConfig(BusinessApp):
    name = "anwei.workorders.orders"
    label = "orders"
