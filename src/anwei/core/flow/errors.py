"""What a flow refuses, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from anwei.core.bodies import BodyError
from anwei.core.errors import Refusal


class FlowError(BodyError):
    """Refuse a flow body that cannot be read."""

    code = "flow_unfit"


class UnknownState(Refusal):
    """Refuse a state the flow does not have."""

    code = "flow_unknown_state"
    sentence = _("The flow has no state “%(state)s”.")


class NoSuchStep(Refusal):
    """Refuse a verb that does not lead on from this state."""

    code = "flow_no_such_step"
    sentence = _("“%(step)s” is not possible in the state “%(state)s”.")


class StepNotYours(Refusal):
    """Refuse a step to somebody without one of its roles."""

    code = "flow_step_not_yours"
    status = 403
    sentence = _("Your role may not do “%(step)s”.")


class ConditionNotMet(Refusal):
    """Refuse a step whose conditions do not hold, or are not known to hold."""

    code = "flow_condition_not_met"
    sentence = _("“%(step)s” is not possible yet: %(conditions)s")


class FieldMissing(Refusal):
    """Refuse a step that lacks what must be filled in."""

    code = "flow_field_missing"
    status = 422
    sentence = _("“%(step)s” needs: %(fields)s")


class FieldUnfit(Refusal):
    """Refuse a step with an entry of the wrong kind."""

    code = "flow_field_unfit"
    status = 422
    sentence = _("“%(field)s” does not take the value %(value)s.")


class ProofMissing(Refusal):
    """Refuse a step that lacks a proof."""

    code = "flow_proof_missing"
    sentence = _("“%(step)s” needs proof: %(proofs)s")


class FactUnfit(Refusal):
    """Refuse to judge by a fact of the wrong kind: the flow and the program do not agree about it."""

    code = "flow_fact_unfit"
    sentence = _("The flow cannot read the fact “%(fact)s” with the value %(value)s.")
