"""The site: whatever a visitor, a file or a staff form touches."""
