from django.urls import path

from anwei.foundation.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisation_list, name="list"),
    path("register/", views.register_page, name="register"),
    path("<uuid:id>/", views.organisation, name="organisation"),
    path("<uuid:id>/department/", views.add_department_page, name="add_department"),
    path("<uuid:id>/contact/", views.add_contact_page, name="add_contact"),
]
