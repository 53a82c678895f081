from django.urls import path

from anwei.equipment.contracts import views

app_name = "contracts"
urlpatterns = [
    path("", views.contract_list, name="list"),
    path("sign/", views.sign_contract, name="sign"),
    path("options/customers/", views.customer_options, name="customer_options"),
    path("coverage/<uuid:id>/", views.coverage_panel, name="coverage"),
    path("coverage/<uuid:id>/cell/", views.coverage_cell, name="coverage_cell"),
    path("of-customer/<uuid:id>/", views.of_customer, name="of_customer"),
    path("<uuid:id>/", views.contract, name="contract"),
    path("<uuid:id>/cover/", views.cover_devices, name="cover"),
    path("<uuid:id>/end/", views.end_contract, name="end"),
]
