"""Cards as a table: out to be edited in a spreadsheet, and the same file in again."""
