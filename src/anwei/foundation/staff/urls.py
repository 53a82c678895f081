from django.urls import path

from anwei.foundation.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.engineer_list, name="list"),
    path("<uuid:id>/", views.engineer, name="engineer"),
]
