from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

# every person who signs in
EVERYBODY = (
    "intake_clerk", "dispatcher", "field_engineer", "storekeeper", "buyer", "finance_clerk", "quality_officer", "data_steward",
    "administrator", "service_manager", "auditor", "hospital_engineer", "distributor_user",
)  # fmt: skip
OURS = EVERYBODY[:11]
OFFICE = tuple(r for r in OURS if r != "field_engineer")

SIGN_IN = right("accounts.sign_in", _("Sign in and keep one's own settings"), *EVERYBODY)
ACCEPT_INVITATION = right("accounts.accept_invitation", _("Set a password by an invitation"), "public")
READ_USERS = right("accounts.read", _("See users, their roles and grants"), "administrator", "auditor")
KEEP_USERS = right("accounts.keep", _("Create, invite and disable users"), "administrator")
GRANT = right("accounts.grant", _("Give and take roles and grants"), "administrator")
KEEP_TOKENS = right("accounts.tokens", _("Keep keys for programs"), "administrator")
SEE_MATRIX = right("accounts.matrix", _("See the matrix of rights"), "administrator", "auditor", "service_manager", "quality_officer")
EXPORT = right("export", _("Export lists and documents"), "service_manager", "finance_clerk", "quality_officer", "data_steward", "auditor")
