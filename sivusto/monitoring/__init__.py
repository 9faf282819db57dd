"""Progress reports in and out, and their pages."""
