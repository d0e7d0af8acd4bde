"""Where the pages of django-helpdesk are: its letters link to them."""

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls"))]
