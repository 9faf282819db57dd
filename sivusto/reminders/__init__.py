"""Reminding people of what waits for them: looks, links to confirm a card by, weekly mail."""
