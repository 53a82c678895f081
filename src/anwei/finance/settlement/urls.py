from django.urls import path

from anwei.finance.settlement import views

app_name = "settlement"
urlpatterns = [
    path("", views.settlement_list, name="list"),
    path("<uuid:id>/", views.settlement, name="settlement"),
    path("<uuid:id>/confirm/", views.confirm_page, name="confirm"),
    path("<uuid:id>/lines/<uuid:line>/", views.payer_page, name="payer"),
    path("on-order/<uuid:id>/", views.on_order, name="on_order"),
]
