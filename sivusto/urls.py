"""Every public address on one screen."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("yllapito/", admin.site.urls)]
