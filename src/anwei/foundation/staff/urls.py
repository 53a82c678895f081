from django.urls import path

from anwei.foundation.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.engineer_list, name="list"),
    path("<uuid:id>/", views.engineer, name="engineer"),
    path("<uuid:id>/skill/", views.skill, name="skill"),
    path("<uuid:id>/certificate/", views.certificate, name="certificate"),
    path("<uuid:id>/absence/", views.absence, name="absence"),
    path("<uuid:id>/absence/<uuid:absence>/end/", views.absence_end, name="absence_end"),
]
