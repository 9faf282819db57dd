"""Feedback from the public card: the form, its limits and its page."""
