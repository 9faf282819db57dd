"""Monitoring: work packages, measures, reporting periods."""
