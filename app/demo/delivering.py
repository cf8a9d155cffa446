"""The demo's deliveries to the ministry: the recommendation of 1 March is written on when the demo begins."""

from datetime import date, datetime

from app.demo.participants import Participants
from app.demo.story import Story
from app.summaries import actions, queries
from app.summaries.kinds import kind_of
from app.values.language import Language

RECOMMENDATION = "gp-anbefaling"
_TEXTS = {
    "use": (
        "Hittil i år har {{year.agreed}} fastleger avtale om kompensasjon. Av dem har {{year.claimed}} sendt krav, og"
        " {{year.silent}} har ikke sendt noe krav ennå.\n\n"
        "Det er krevd {{year.claimed_sum}} og innvilget {{year.approved_sum}}. Av rammen på {{money.frame}} er"
        " {{money.left}} igjen. Kravene som er betalt, ble betalt etter {{year.days}} dager (median)."
    ),
    "works": (
        "Områdene bekrefter kravene selv. De som er i gang, melder at oppstarten tar mest tid, og at engangsbeløpet"
        " dekker den.\n\n"
        "Det er for tidlig å si om ordningen får flere i gang. Fastlegene som ikke har sendt krav, er spurt om hvorfor."
    ),
    "recommended": (
        "Ordningen bør fortsette ut året med de samme satsene. En plan for endringer legges fram 15. mai 2025."
    ),
}


def tell(story: Story, people: Participants) -> None:
    """An officer has begun in good time and written most of it."""

    def write(at: datetime) -> None:
        kind, officer = kind_of(RECOMMENDATION), people.person("officer1")
        if kind is None:
            raise LookupError(RECOMMENDATION)
        made = actions.begin(kind, 2025, Language.NB, by=officer, at=at, demo=True)
        actions.change(made, _TEXTS, by=officer, at=at, version=made.version)

    story.when(date(2025, 2, 6), "13:00", write)
    story.when(date(2025, 2, 7), "09:30", lambda at: _add(people, at))


def _add(people: Participants, at: datetime) -> None:
    made = queries.newest(RECOMMENDATION, 2025)
    if made is not None:
        told = {**_TEXTS, "forums": "Områdenes samarbeidsmøte 5. februar 2025."}
        actions.change(made, told, by=people.person("officer1"), at=at, version=made.version)
