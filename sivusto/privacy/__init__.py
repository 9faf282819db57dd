"""Personal data: removed when its time is over, listed and erased when the person asks."""
