"""What attachments say: read out of files in a process of its own, kept, and shown as pages."""
