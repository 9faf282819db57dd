"""Signing in: passwords with brakes, a second factor, the municipality's own sign-on."""
