from django.urls import path

from anwei.initialisation.migration import views

app_name = "migration"
urlpatterns = [
    path("", views.import_list, name="list"),
    path("new/", views.upload, name="upload"),
    path("<uuid:id>/", views.session, name="session"),
    path("<uuid:id>/progress/", views.progress, name="progress"),
    path("<uuid:id>/load/", views.load, name="load"),
    path("<uuid:id>/undo/", views.undo, name="undo"),
    path("<uuid:id>/held/", views.held, name="held"),
]
