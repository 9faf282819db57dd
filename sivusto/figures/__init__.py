"""Sums and counts of the whole register, kept as it changes instead of counted anew."""
