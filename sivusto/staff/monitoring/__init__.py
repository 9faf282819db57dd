"""The staff's screens of monitoring: periods opened, filled in, reminded of, locked, published."""
