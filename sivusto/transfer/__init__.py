"""Files in and out: cards, plans, exports."""
