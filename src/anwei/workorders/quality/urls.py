from django.urls import path

from anwei.workorders.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<uuid:id>/", views.order, name="order"),
    path("<uuid:id>/release/", views.release_page, name="release"),
    path("<uuid:id>/refuse/", views.refuse_page, name="refuse"),
    path("<uuid:id>/harm/", views.harm_page, name="harm"),
    path("<uuid:id>/report/", views.deliver_page, name="deliver"),
    path("<uuid:id>/close/", views.close_page, name="close"),
    path("on-order/<uuid:id>/", views.on_order, name="on_order"),
    path("trail/<uuid:id>/", views.trail, name="trail"),
]
