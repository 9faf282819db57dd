"""Answers to take along: any list as a sentence, a table, data, a feed or paper."""
