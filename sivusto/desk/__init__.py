"""What waits for a person among her cards, and which cards have fallen silent."""
