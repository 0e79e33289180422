from django.urls import include, path

from accounts.views import SignIn, SignOut

# allauth's own addresses are not mounted: what is wanted of it has views of ours.
urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-out/", SignOut.as_view(), name="account_logout"),
    path("", include("accounts.signin.urls")),
    path("", include("accounts.managing.urls")),
]
