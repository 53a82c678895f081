from django.urls import path

from anwei.foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.own, name="own"),
    path("me/password/", views.password, name="password"),
    path("users/", views.users, name="users"),
    path("users/new/", views.create, name="create"),
    path("users/<uuid:id>/", views.user, name="user"),
    path("users/<uuid:id>/change/", views.change, name="change"),
    path("users/<uuid:id>/grant/", views.grant, name="grant"),
    path("users/<uuid:id>/invite/", views.invite_user, name="invite"),
    path("keys/", views.keys, name="keys"),
    path("keys/new/", views.make_key, name="make_key"),
    path("keys/<uuid:id>/", views.revoke_key, name="key"),
    path("rights/", views.rights, name="rights"),
]
