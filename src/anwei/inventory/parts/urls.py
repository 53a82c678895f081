from django.urls import path

from anwei.inventory.parts import views

app_name = "parts"
urlpatterns = [path("", views.part_list, name="list")]
