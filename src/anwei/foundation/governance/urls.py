from django.urls import path

from anwei.foundation.governance import views

app_name = "governance"
urlpatterns = [
    path("", views.proposal_list, name="proposals"),
    path("inspections/", views.inspection_list, name="inspections"),
    path("inspections/now/", views.inspect, name="inspect"),
    path("<uuid:id>/", views.proposal, name="proposal"),
]
