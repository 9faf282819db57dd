"""Cards checked against themselves: a pure core, and what keeps, shows and mends its findings."""
