"""Money: funders, programmes, funding shares and their sums."""
