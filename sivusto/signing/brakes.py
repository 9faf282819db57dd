"""How long a try must wait: plain numbers, without a database.

A brake lets some wrong tries through at once. After those each one doubles the wait before the
next. A wait counts from the last try that was let through, so that hammering in between neither
helps the one who hammers nor keeps the right person out for longer.
"""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Brake:
    """How many wrong tries are free, and how the waits grow; times are in seconds."""

    free: int
    first_s: int
    longest_s: int
    forgotten_s: int

    def wait_s(self, failures: int, since_last_s: float) -> int:
        """Return how many more seconds the next try must wait, 0 for none."""
        over = self.counted(failures, since_last_s) - self.free
        if over < 0:
            return 0
        doublings = min(over, 30)  # beyond the longest wait for any first one
        return max(0, ceil(min(self.first_s << doublings, self.longest_s) - since_last_s))

    def counted(self, failures: int, since_last_s: float) -> int:
        """Return the failures that are still remembered."""
        return 0 if since_last_s >= self.forgotten_s else failures


MINUTE, HOUR = 60, 3600
# One name from one address: the guesser's own brake, and the forgetful person's.
PAIR = Brake(free=5, first_s=MINUTE, longest_s=HOUR, forgotten_s=24 * HOUR)
# One address, whatever the names. A whole town hall may stand behind it, hence short waits.
ADDRESS = Brake(free=10, first_s=MINUTE, longest_s=15 * MINUTE, forgotten_s=HOUR // 2)
# One name, whatever the addresses. Waits are short, for its owner waits too.
NAME = Brake(free=10, first_s=MINUTE // 2, longest_s=15 * MINUTE, forgotten_s=2 * HOUR)
# One name in a browser in which its owner has signed in before: nobody else's tries slow it down.
DEVICE = Brake(free=5, first_s=MINUTE, longest_s=HOUR, forgotten_s=24 * HOUR)
BRAKES = {"pair": PAIR, "address": ADDRESS, "name": NAME, "device": DEVICE}
