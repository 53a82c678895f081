from django.urls import path

from anwei.inventory.stock import views

app_name = "stock"
urlpatterns = [path("", views.stock_list, name="list")]
