from django.urls import path

from anwei.foundation.definitions import views

app_name = "definitions"
urlpatterns = [
    path("", views.rule_list, name="list"),
    path("<uuid:id>/", views.version, name="version"),
    path("<uuid:id>/publish/", views.publish_draft, name="publish"),
]
