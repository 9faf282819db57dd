"""A table file (XLSX or CSV) in, its rows out; read in a process of its own, with limits."""

from sivusto.transfer.tablefile.model import Cell, Limits, Table, TableError, Wrong
from sivusto.transfer.tablefile.reading import read_table

__all__ = ["Cell", "Limits", "Table", "TableError", "Wrong", "read_table"]
