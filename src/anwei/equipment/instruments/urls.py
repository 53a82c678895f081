from django.urls import path

from anwei.equipment.instruments import views

app_name = "instruments"
urlpatterns = [
    path("", views.instrument_list, name="list"),
    path("register/", views.register_instrument, name="register"),
    path("<uuid:id>/", views.instrument, name="instrument"),
]
