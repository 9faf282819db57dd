"""Who did what and when: a log that grows and that nobody edits."""
