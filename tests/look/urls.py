"""The addresses of the gallery."""

from django.conf.urls.i18n import urlpatterns as language
from django.urls import include, path

from tests.look import pages

urlpatterns = [
    path("", include(language)),
    path("list/", pages.job_list),
    path("job/<int:pk>/", pages.job, name="job"),
    path("form/", pages.report),
    path("wizard/", pages.wizard),
    path("phone/", pages.phone),
    path("public/", pages.public),
    path("login/", pages.login),
    path("find/", pages.find),
    path("fault/<int:status>/", pages.fault),
    path("forbidden/", pages.forbidden),
    path("as/", pages.done),
]
handler403 = "anwei.core.faults.forbidden"
handler404 = "anwei.core.faults.not_found"
handler500 = "anwei.core.faults.fault"
