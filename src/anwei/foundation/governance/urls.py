from django.urls import path

from anwei.foundation.governance import views

app_name = "governance"
urlpatterns = [
    path("", views.proposal_list, name="proposals"),
    path("<uuid:id>/", views.proposal, name="proposal"),
]
