from django.urls import path

from anwei.foundation.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.deeds, name="deeds"),
    path("story/<str:label>/<uuid:id>/", views.story_page, name="story"),
    path("aside/", views.set_aside, name="set_aside"),
    path("aside/<uuid:id>/again/", views.try_again, name="follow_again"),
    path("deed/<uuid:id>/proof/", views.proof, name="proof"),
]
