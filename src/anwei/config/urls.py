"""Every route of the system."""

from django.urls import URLPattern, URLResolver, include, path

from anwei.foundation.accounts import views

handler400 = "anwei.core.faults.bad_request"
handler403 = "anwei.core.faults.forbidden"
handler404 = "anwei.core.faults.not_found"
handler500 = "anwei.core.faults.fault"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("language/", views.language, name="set_language"),
    path("welcome/<uuid:user_id>/<str:secret>/", views.welcome, name="welcome"),
    path("demo/become/<str:username>/", views.become, name="become"),
    path("", include("anwei.foundation.accounts.urls")),
    path("api/", include("anwei.entrances.api.urls")),
]
