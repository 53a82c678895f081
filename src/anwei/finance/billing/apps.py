from anwei.core.app import BusinessApp


class BillingConfig(BusinessApp):
    name = "anwei.finance.billing"
    label = "billing"
