from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NotSignedIn(Refusal):
    code = "not_signed_in"
    status = 401
    sentence = _("Send a valid token, or sign in.")


class TooManyRequests(Refusal):
    code = "too_many_requests"
    status = 429
    sentence = _("Too many requests in a short time. Nothing was changed; try again in %(seconds)s seconds.")


class WrongMethod(Refusal):
    code = "wrong_method"
    status = 405
    sentence = _("This address answers %(allow)s.")


class NotJson(Refusal):
    code = "not_json"
    status = 415
    sentence = _("Send the arguments as application/json.")


class NoSuchAddress(Refusal):
    code = "no_such_address"
    status = 404
    sentence = _("There is nothing at this address. /api/v1/docs lists what there is.")
