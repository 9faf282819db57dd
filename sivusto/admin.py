"""The site's own tables in the admin, found by Django's autodiscovery."""

from sivusto.search.admin import SynonymAdmin

__all__ = ["SynonymAdmin"]
