from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NotEnoughStock(Refusal):
    code = "not_enough_stock"
    sentence = _("%(place)s holds %(there)s of %(part)s, %(asked)s were asked for. Nothing was moved.")


class SerialNeeded(Refusal):
    code = "serial_needed"
    status = 422
    sentence = _("%(part)s is followed by serial number: one piece at a time, with its serial.")


class LotNeeded(Refusal):
    code = "lot_needed"
    status = 422
    sentence = _("%(part)s is followed by lot: say which lot.")


class SerialElsewhere(Refusal):
    code = "serial_elsewhere"
    sentence = _("%(part)s with serial %(serial)s lies in another place already. Nothing was moved.")


class MovedAlready(Refusal):
    code = "moved_already"
    sentence = _("This was booked already. Nothing was moved a second time.")


class NoQuantity(Refusal):
    code = "no_quantity"
    status = 422
    sentence = _("The quantity must be above zero.")


class SamePlace(Refusal):
    code = "same_place"
    status = 422
    sentence = _("The parts are in that place already.")


class ReversedAlready(Refusal):
    code = "reversed_already"
    sentence = _("This move was reversed already.")


class MoveNotAllowed(Refusal):
    code = "move_not_allowed"
    sentence = _("%(move)s does not go from %(source)s to %(target)s. Allowed is from %(sources)s to %(targets)s. Nothing was moved.")


class MoveUnknown(Refusal):
    code = "move_unknown"
    status = 422
    sentence = _("The published stock flow knows no move “%(key)s”. Nothing was moved.")


class MoveNotYours(Refusal):
    code = "move_not_yours"
    status = 403
    sentence = _("%(move)s is not for your role by the published stock flow. Nothing was moved.")


class LeavesTheBranch(Refusal):
    code = "leaves_the_branch"
    sentence = _("%(move)s stays within one branch. Send the parts as a transfer, which the other branch receives.")


class SecondPersonNeeded(Refusal):
    code = "second_person_needed"
    sentence = _("%(move)s needs the approval of a second person. Nothing was moved.")


class Expired(Refusal):
    code = "expired"
    sentence = _("%(part)s %(piece)s expired on %(date)s and may not be used. Nothing was moved; put it with the defective parts.")


class ExpiryNeeded(Refusal):
    code = "expiry_needed"
    status = 422
    sentence = _("%(part)s has a date of expiry: scan the label or type the date.")


class ExpiryDiffers(Refusal):
    code = "expiry_differs"
    sentence = _("%(part)s %(piece)s is recorded as expiring on %(known)s, not on %(told)s. Compare with the label.")


class HeldForOthers(Refusal):
    code = "held_for_others"
    sentence = _("%(part)s %(piece)s at %(place)s is kept for %(labels)s. Nothing was moved.")


class NoSuchBin(Refusal):
    code = "no_such_bin"
    status = 422
    sentence = _("A bin lies in a store: say in which.")


class NotYetClean(Refusal):
    code = "not_yet_clean"
    sentence = _("%(part)s is not decontaminated: it stays where it is, neither in the van nor in the post. Clean it first and say so.")


class HoldsData(Refusal):
    code = "holds_data"
    sentence = _("%(part)s holds patient data. Have them wiped before a witness, or leave the part with the hospital.")


class WitnessNeeded(Refusal):
    code = "witness_needed"
    status = 422
    sentence = _("Name the witness who saw it.")


class DueElsewhere(Refusal):
    code = "due_elsewhere"
    sentence = _("This piece is not at that step: it was decided already, or has to be handed in first.")


class NotALine(Refusal):
    code = "not_a_line"
    status = 422
    sentence = _("This line does not belong to the transfer, or says more than is on the way.")


class TransferEnded(Refusal):
    code = "transfer_ended"
    sentence = _("Transfer %(number)s was received or cancelled already.")


class NotYoursToReceive(Refusal):
    code = "not_yours_to_receive"
    sentence = _("Transfer %(number)s goes to %(place)s: the people there receive it.")


class NothingToMove(Refusal):
    code = "nothing_to_move"
    status = 422
    sentence = _("Scan at least one piece.")


class NoOwnVan(Refusal):
    code = "no_own_van"
    sentence = _("You have no van in the stock; ask the warehouse to open one.")


class CountWaits(Refusal):
    code = "count_waits"
    sentence = _("A count of %(place)s waits for a second person already. Have it decided first.")


class CountDecided(Refusal):
    code = "count_decided"
    sentence = _("This count was decided already, or nothing differed.")


class OwnCount(Refusal):
    code = "own_count"
    sentence = _("Who counted does not approve the difference: a second person does.")


class CountOvertaken(Refusal):
    code = "count_overtaken"
    sentence = _("Parts of %(place)s moved since it was counted. Nothing was changed: discard this count and count again.")


class CountedTwice(Refusal):
    code = "counted_twice"
    status = 422
    sentence = _("%(part)s %(piece)s was counted twice. Put both into one line.")


class OldPartsGoBack(Refusal):
    code = "old_parts_go_back"
    sentence = _("Only good pieces go to a colleague; used and defective ones go back to the store.")


class NoSuchStore(Refusal):
    code = "no_such_store"
    sentence = _("No store is yours to take from. Ask your administrator for the rows of your branch.")
