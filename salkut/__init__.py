"""Portfolios: the lowest floor."""
