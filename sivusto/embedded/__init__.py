"""A Django database backend that brings its own PostgreSQL: used where DATABASE_URL is not set."""
