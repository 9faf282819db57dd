"""The staff's screens: Django's admin, composed here because a card joins several apps."""
