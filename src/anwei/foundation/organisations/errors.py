from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class SameBodyExists(Refusal):
    code = "same_body_exists"
    sentence = _("“%(name)s” in %(city)s is registered already. Open that record, or add what differs to the name.")


class RoleMissing(Refusal):
    code = "role_missing"
    status = 422
    sentence = _("Say what this body is: hospital, distributor, maker or supplier.")
