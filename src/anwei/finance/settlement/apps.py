from anwei.core.app import BusinessApp


class SettlementConfig(BusinessApp):
    name = "anwei.finance.settlement"
    label = "settlement"
