"""Lists answered from memory: sets of projects as integers, one bit for each project's key."""
