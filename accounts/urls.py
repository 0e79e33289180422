from django.urls import include, path

from accounts.views import SignIn, SignOut

# allauth's own addresses are not mounted: of all it can do, people here sign in and sign out.
urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-out/", SignOut.as_view(), name="account_logout"),
    path("", include("accounts.managing.urls")),
]
