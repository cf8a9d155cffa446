"""How guessing is slowed: tries are counted, and the wait grows."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Brake:
    """Tries that are free, and how the wait grows after them: doubled for each, never more than `longest`."""

    free: int
    first: timedelta
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after the last try the next may come, when so many have failed."""
        if failures < self.free:
            return timedelta(0)
        return min(self.first * (1 << min(failures - self.free, 20)), self.longest)


# A wait, never a lock: nobody can shut a colleague out by typing wrong passwords for them.
HALF_MINUTE, QUARTER = timedelta(seconds=30), timedelta(minutes=15)
TRIES = 5
PLACE = Brake(TRIES, HALF_MINUTE, QUARTER)
NAME = Brake(10, HALF_MINUTE, QUARTER)
ADDRESS = Brake(20, HALF_MINUTE, QUARTER)
ALL = Brake(300, timedelta(seconds=1), timedelta(minutes=1))
# Failures are forgotten when nobody has tried for so long.
QUIET = timedelta(hours=1)


def brakes(name: str, address: str, device: str | None) -> dict[str, Brake]:
    """What a try is counted against. `name` is a keyed hash, never what was typed.

    `device`: the mark of a browser this person has entered from before. Its tries are counted alone, so that neither
    strangers nor the mistakes of a whole office make its owner wait; it holds few people, and each has few tries. An
    address excuses nobody: a whole office stands behind one.
    """
    if device is not None:
        return {f"device:{device}:{name}": PLACE}
    place = {f"place:{name}:{address}": PLACE}
    return {**place, f"name:{name}": NAME, f"address:{address}": ADDRESS, "all": ALL}
