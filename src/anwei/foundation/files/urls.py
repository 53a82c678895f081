from django.urls import path

from anwei.foundation.files import views

app_name = "files"
urlpatterns = [path("<uuid:id>/", views.download, name="file")]
