from django.urls import path

from anwei.workorders.dispatch import views

app_name = "dispatch"
urlpatterns = [
    path("", views.board, name="board"),
    path("order/<uuid:id>/assign/", views.assign_page, name="assign"),
    path("order/<uuid:id>/reassign/", views.reassign_page, name="reassign"),
    path("order/<uuid:id>/undo/", views.undo, name="undo"),
    path("order/<uuid:id>/take-back/", views.take_back_page, name="take_back"),
    path("order/<uuid:id>/appointment/", views.appointment, name="appointment"),
]
