"""A portfolio's cards bound into one book."""
