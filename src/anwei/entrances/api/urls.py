from django.urls import path

from anwei.entrances.api import views

app_name = "api"
urlpatterns = [
    path("v1/openapi.json", views.description, name="description"),
    path("v1/docs", views.documentation, name="docs"),
    path("v1/operations/<str:verb>", views.operation, name="operation"),
    path("v1/<slug:name>", views.collection, name="collection"),
    path("v1/<slug:name>/<uuid:id>", views.one, name="one"),
    path("<path:path>", views.lost, name="lost"),
]
