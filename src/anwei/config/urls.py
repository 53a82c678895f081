"""Every route of the system: the few that are everybody's, then each app's own under its name."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from anwei.config.palette import search
from anwei.core.app import BusinessApp
from anwei.entrances.portal.views import scan, status
from anwei.foundation.accounts import views
from anwei.workorders.quality.views import verify

handler400 = "anwei.core.faults.bad_request"
handler403 = "anwei.core.faults.forbidden"
handler404 = "anwei.core.faults.not_found"
handler500 = "anwei.core.faults.fault"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("search/", search, name="search"),
    path("language/", views.language, name="set_language"),
    path("verify/<uuid:id>/<str:digest>/", verify, name="verify"),
    path("welcome/<uuid:user_id>/<str:secret>/", views.welcome, name="welcome"),
    path("q/<str:code>/", scan.scan, name="scan"),
    path("s/<str:code>/", status.status, name="status"),
    path("s/<str:code>/urge/", status.urge_report, name="urge"),
    path("demo/become/<str:username>/", views.become, name="become"),
]
urlpatterns += [
    path(f"{app.label}/", include(f"{app.name}.urls"))
    for app in apps.get_app_configs()
    if isinstance(app, BusinessApp) and module_has_submodule(app.module, "urls")
]
