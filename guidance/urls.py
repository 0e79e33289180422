from django.urls import path

from guidance.views import guidance

urlpatterns = [path("guidance/", guidance, name="guidance")]
