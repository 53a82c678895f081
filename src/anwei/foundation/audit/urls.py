from django.urls import path

from anwei.foundation.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.deeds, name="deeds"),
    path("story/<str:label>/<uuid:id>/", views.story_page, name="story"),
    path("deed/<uuid:id>/proof/", views.proof, name="proof"),
]
