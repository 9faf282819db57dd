"""Changing a card with others: whole contents put aside, merged, and brought over at once."""
