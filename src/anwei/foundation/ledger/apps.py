from anwei.core.app import BusinessApp


class LedgerConfig(BusinessApp):
    name = "anwei.foundation.ledger"
    label = "ledger"
