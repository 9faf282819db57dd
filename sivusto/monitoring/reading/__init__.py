"""Reading a progress report from whatever it was made with: bytes in, a report out, no Django."""
