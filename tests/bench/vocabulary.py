"""Words for invented texts."""

import random
from itertools import accumulate


class Vocabulary:
    """Words whose use falls off as Zipf says: a few stand in nearly every text, most in hardly any."""

    SIZE = 20_000

    def __init__(self, dice: random.Random) -> None:
        parts = ["lege", "bruk", "helse", "data", "hjem", "pasi", "liste", "sam", "drift", "vei", "plan", "kom", "tje"]
        parts += ["søk", "råd", "mål", "bær", "nær", "fjord", "bygd", "skap", "ning", "het", "dom", "else", "ting"]
        made: dict[str, None] = {}
        while len(made) < self.SIZE:
            made["".join(dice.choices(parts, k=dice.randint(2, 4)))] = None
        self.words = list(made)
        self.weights = list(accumulate(1 / (rank + 5) for rank in range(self.SIZE)))
        self.dice = dice

    def take(self, count: int) -> list[str]:
        """This many words, common ones often."""
        return self.dice.choices(self.words, cum_weights=self.weights, k=count)
