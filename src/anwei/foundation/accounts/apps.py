from anwei.core.app import BusinessApp


class AccountsConfig(BusinessApp):
    name = "anwei.foundation.accounts"
    label = "accounts"
