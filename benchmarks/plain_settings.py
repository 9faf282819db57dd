"""Settings of the peer: Django's usual ones, with our models."""

from sivusto.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.plain_list"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
INSTALLED_APPS += ["benchmarks"]  # noqa: F405
