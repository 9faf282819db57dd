"""A report as a file that others open: the same table back. In Finnish, as what it holds."""
