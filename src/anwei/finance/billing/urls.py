from django.urls import path

from anwei.finance.billing import views

app_name = "billing"
urlpatterns = [
    path("", views.invoice_list, name="list"),
    path("due/", views.due_list, name="due"),
    path("<uuid:id>/", views.invoice_page, name="invoice"),
    path("<uuid:id>/payment/", views.payment_page, name="pay"),
    path("issue/<uuid:id>/", views.issue_page, name="issue"),
    path("on-settlement/<uuid:id>/", views.on_settlement, name="on_settlement"),
    path("on-order/<uuid:id>/", views.on_order, name="on_order"),
]
