"""What protects visitors and staff in every response."""
