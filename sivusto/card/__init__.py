"""The card: one partial for screen and paper."""
