"""Finding projects: the list, its filters and the search in the cards' words."""
