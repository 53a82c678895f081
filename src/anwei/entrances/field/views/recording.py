"""Readings and photos from the phone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from anwei.core.errors import Refusal
from anwei.core.pages import PageRequest, page
from anwei.entrances.field.posting import post, post_form, wants
from anwei.entrances.field.shown import job_url
from anwei.entrances.field.views.job import job_page, own_order, section_form
from anwei.foundation.files.errors import EmptyFile
from anwei.workorders.visits.operations import add_photo, record_readings
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import open_tasks


@page(right=WORK)
def readings(request: PageRequest, id: UUID, key: str) -> HttpResponse:
    """Take what was answered in one section; the next section follows when nothing is missing."""
    order = own_order(request, id)
    if not wants(request):
        return redirect(job_url(order, key))
    form = section_form(request, order, key, request.POST)
    if not form.is_valid() or not post_form(request, form, record_readings, order=order, readings=form.answers()):
        return job_page(request, order, key, form=form)
    missing = {task.key for task in open_tasks(order)}
    unfinished = any(task.key in missing for task in form.section.tasks)
    return redirect(job_url(order, key if unfinished else ""))


@page(right=WORK)
def photo(request: PageRequest, id: UUID) -> HttpResponse:
    """Take a photo for a task of the checklist, or for the order as a whole."""
    order, task = own_order(request, id), str(request.POST.get("task", ""))
    section = str(request.POST.get("section", ""))
    if not wants(request):
        return redirect(job_url(order))
    file = request.FILES.get("photo")
    refusal: Refusal | None = EmptyFile()
    if file is not None:
        refusal = post(request, add_photo, order=order, content=file.read(), task=task)
    if refusal:
        return job_page(request, order, section, refusal=refusal)
    return redirect(job_url(order, section))
