from django.urls import path

from anwei.procurement.suppliers import views

app_name = "suppliers"
urlpatterns = [
    path("", views.supplier_list, name="list"),
    path("admit/", views.admit_supplier, name="admit"),
    path("bodies/", views.body_options, name="bodies"),
    path("parts/", views.part_options, name="parts"),
    path("prices/", views.price_list, name="prices"),
    path("prices/<uuid:id>/", views.compare, name="compare"),
    path("<uuid:id>/", views.supplier, name="supplier"),
    path("<uuid:id>/change/", views.change_supplier, name="change"),
    path("<uuid:id>/paper/", views.file_paper, name="file_licence"),
    path("<uuid:id>/price/", views.agree, name="agree_price"),
    path("paper/<uuid:id>/withdraw/", views.withdraw_paper, name="withdraw"),
    path("on-organisation/<uuid:id>/", views.on_organisation, name="on_organisation"),
]
