from django.urls import path

from anwei.inventory.demands import views

app_name = "demands"
urlpatterns = [
    path("", views.demand_list, name="list"),
    path("want/", views.want_page, name="want"),
    path("parts/", views.part_options, name="parts"),
    path("vans/", views.vans, name="vans"),
    path("vans/<uuid:id>/", views.van, name="van"),
]
