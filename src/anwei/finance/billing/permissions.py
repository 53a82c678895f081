from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_INVOICES = right("billing.read", _("See invoices and payments"), "finance_clerk", "service_manager", "auditor", "hospital_engineer")
INVOICE = right("billing.invoice", _("Issue invoices"), "finance_clerk")
TAKE_PAYMENT = right("billing.payment", _("Record payments"), "finance_clerk")
