"""Checking that what cards link to is still there."""
