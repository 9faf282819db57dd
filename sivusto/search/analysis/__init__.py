"""The Finnish analyser: from text to the terms by which it is found. Knows no database."""
