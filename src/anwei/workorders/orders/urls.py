from django.urls import path

from anwei.workorders.orders import views

app_name = "orders"
urlpatterns = [
    path("", views.order_list, name="list"),
    path("<uuid:id>/", views.order, name="order"),
    path("<uuid:id>/step/<slug:verb>/", views.step, name="step"),
    path("on-device/<uuid:id>/", views.on_device, name="on_device"),
    path("at-hospital/<uuid:id>/", views.at_hospital, name="at_hospital"),
]
