"""What the flow asks of quality."""

from django.utils import timezone

from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.queries import lacks_of
from anwei.workorders.orders.facts import Moment
from anwei.workorders.quality.models import Report
from anwei.workorders.quality.queries import tests_of
from anwei.workorders.quality.report import missing_in
from anwei.workorders.visits.queries import repairers_of


def required_tests_passed(moment: Moment) -> bool:
    """Say whether every test that the fitted parts ask for has passed."""
    return all(test.passed for test in tests_of(moment.order))


def releaser_is_repairer(moment: Moment) -> bool:
    """Say whether who releases has worked on the device for this order."""
    return moment.actor.id in repairers_of(moment.order)


def may_release_device(moment: Moment) -> bool:
    """Say whether who releases may: quality officers by their role; an engineer among them only with a valid release authorisation."""
    engineer = Engineer.objects.filter(user_id__in=[moment.actor.id]).prefetch_related("competences", "certificates").first()
    if engineer is None:
        return True
    return not lacks_of(engineer, moment.order.device.model.category, timezone.localdate(moment.at), "release")


def harm_open(moment: Moment) -> bool:
    """Say whether the assessment of harm still stands open: harm that is unknown, or that happened and nobody assessed."""
    return moment.order.harm == "unknown"


def service_record_complete(moment: Moment) -> bool:
    """Say whether the order holds every field of a service record (21 CFR 820.35(b))."""
    return not missing_in(moment.order, moment.at)


def report_delivered(moment: Moment) -> bool:
    """Say whether a service report was delivered; it is the proof of that step, too."""
    return Report.objects.filter(order=moment.order).exists()
