"""Invitations; organisations and their people."""

from django.urls import path

from accounts.managing import invited

urlpatterns = [
    path("invitation/", invited.accept, name="accept_invitation"),
    path("invitation/<str:token>/", invited.open_link, name="open_invitation"),
]
