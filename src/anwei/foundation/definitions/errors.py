from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class UnknownKind(Refusal):
    code = "unknown_kind"
    status = 422
    sentence = _("There is no kind of rule called “%(kind)s”.")


class RuleHasFaults(Refusal):
    code = "rule_has_faults"
    status = 422
    sentence = _("The rule cannot be published: %(faults)s")


class NothingToPublish(Refusal):
    code = "nothing_to_publish"
    sentence = _("There is no draft of “%(key)s” to publish.")


class NotPublished(Refusal):
    code = "not_published"
    sentence = _("No version of “%(key)s” is published yet.")
