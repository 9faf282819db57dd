"""Dated truth: every published version of a card is kept, shown and told of."""
