"""The site as it is, with what a benchmark needs to compare it to."""
