"""The site's own tables in the admin, found by Django's autodiscovery."""

from sivusto.audit.admin import AuditEntryAdmin
from sivusto.search.admin import SynonymAdmin

__all__ = ["AuditEntryAdmin", "SynonymAdmin"]
