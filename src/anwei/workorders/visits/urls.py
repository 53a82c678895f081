from django.urls import path

from anwei.workorders.visits import views

app_name = "visits"
urlpatterns = [path("on-order/<uuid:id>/", views.on_order, name="on_order")]
