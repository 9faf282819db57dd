"""A report that was read, into the register: a plan first, and then exactly that."""
