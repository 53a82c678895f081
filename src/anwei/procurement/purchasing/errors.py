from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NothingToOrder(Refusal):
    code = "nothing_to_order"
    sentence = _("None of these is short any more. Nothing was ordered; look at the present state.")


class NoSupplier(Refusal):
    code = "no_supplier"
    sentence = _("Nothing can be ordered: %(reasons)s. Agree a price, or file the paper that lacks.")


class SupplierBlocked(Refusal):
    code = "supplier_blocked"
    sentence = _("%(supplier)s may not be ordered from: %(reason)s (%(part)s). Nothing was ordered or sent.")


class NoStore(Refusal):
    code = "no_store"
    sentence = _("%(branch)s has no store where the parts could arrive. Open one first.")


class NotInThisState(Refusal):
    code = "not_in_this_state"
    sentence = _("%(number)s is %(state)s now, so this is not possible. Nothing was changed.")


class AboveTheLimit(Refusal):
    code = "above_the_limit"
    sentence = _("%(number)s costs %(net)s net, more than %(limit)s: a second person must approve it before it is sent.")


class LineUnfit(Refusal):
    code = "line_unfit"
    status = 422
    sentence = _("Quantity and price must be above zero. Nothing was changed.")


class NoLines(Refusal):
    code = "no_lines"
    status = 422
    sentence = _("There is no line. Nothing was kept.")


class BelowMinimum(Refusal):
    code = "below_minimum"
    status = 422
    sentence = _("%(supplier)s sells %(part)s from %(minimum)s pieces on.")


class ReasonNeeded(Refusal):
    code = "reason_needed"
    status = 422
    sentence = _("Say why; it stays with the record.")


class PromiseInThePast(Refusal):
    code = "promise_in_the_past"
    status = 422
    sentence = _("A supplier promises a day to come, not %(day)s.")


class OverDelivery(Refusal):
    code = "over_delivery"
    sentence = _(
        "Of %(part)s %(most)s may come in, %(had)s came already and %(more)s more were scanned. Nothing was booked; send the rest back or "
        "have the order's tolerance changed."
    )


class NotOnThisOrder(Refusal):
    code = "not_on_this_order"
    status = 422
    sentence = _("“%(scan)s” is no part of %(number)s. Choose the line it belongs to, or put the box aside.")


class BoxJudged(Refusal):
    code = "box_judged"
    sentence = _("%(piece)s was inspected already. Nothing was changed.")


class JudgeWholeBox(Refusal):
    code = "judge_whole_box"
    status = 422
    sentence = _("Of %(piece)s %(quantity)s came: accepted and rejected together must be as many.")


class CheckFailed(Refusal):
    code = "check_failed"
    status = 422
    sentence = _("“%(check)s” was not passed, so %(piece)s cannot be accepted. Reject it, or check again.")


class ExpiredOnArrival(Refusal):
    code = "expired_on_arrival"
    status = 422
    sentence = _("%(piece)s expired on %(day)s and cannot be accepted. Reject it.")


class StoreNeeded(Refusal):
    code = "store_needed"
    status = 422
    sentence = _("Say in which bin or store of %(branch)s it is put away.")


class BillExists(Refusal):
    code = "bill_exists"
    sentence = _("Invoice %(number)s of this supplier is entered already. Nothing was posted a second time.")


class BillDoesNotAddUp(Refusal):
    code = "bill_does_not_add_up"
    status = 422
    sentence = _("The lines make %(net)s net; with %(tax)s tax that is not %(gross)s. Compare with the paper.")


class OtherSupplier(Refusal):
    code = "other_supplier"
    status = 422
    sentence = _("%(number)s was ordered from %(supplier)s, not from who sent this invoice.")


class OtherBranch(Refusal):
    code = "other_branch"
    status = 422
    sentence = _("An invoice is entered for the orders of one branch; enter the others apart.")
