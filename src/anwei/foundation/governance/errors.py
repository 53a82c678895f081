from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NeedsSecondPerson(Refusal):
    code = "needs_second_person"
    sentence = _("This change is decided by a second person. Propose it with its reason; somebody else approves it.")


class UnknownDeed(Refusal):
    code = "unknown_deed"
    status = 422
    sentence = _("There is no deed called “%(verb)s” to propose.")


class NotYoursToPropose(Refusal):
    code = "not_yours_to_propose"
    status = 403
    sentence = _("Your role does not allow the deed you propose; somebody whose work it is must propose it.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    sentence = _("Say why; whoever decides reads it.")


class ProposedAlready(Refusal):
    code = "proposed_already"
    sentence = _("The same change is proposed already and waits for a decision.")


class DecidedAlready(Refusal):
    code = "decided_already"
    sentence = _("This proposal is decided already. Nothing was changed.")


class NotYourOwnProposal(Refusal):
    code = "not_your_own_proposal"
    status = 403
    sentence = _("Nobody decides their own proposal. Ask somebody else.")
