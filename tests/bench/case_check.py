"""That the case page and its limit show the same facts: what is on the case, and nothing the other does not show."""

import re
from collections.abc import Iterator
from html import unescape

from app.values.money import format_kr
from tests.bench import whole_texts as texts

# The words of the record's codes are the page's own, and so is a sentence that is put together of a code and facts.
_CODES = re.compile(r"<code>.*?</code>|<head>.*?</head>|<svg.*?</svg>", re.S)
_TAGS = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"<li><code>|<ol class=\"t-timeline\">|<p class=\"t-event\"")


def shown(html: str) -> str:
    """The text of a page, without the space in it."""
    return "".join(unescape(_TAGS.sub(" ", _CODES.sub(" ", html))).split())


def words(html: str) -> set[str]:
    """Every word and figure of a page."""
    return set(_WORD.findall(unescape(_TAGS.sub(" ", _CODES.sub(" ", html))).lower()))


def faults_of(tab: str, ours: str, least: str) -> Iterator[str]:
    """What one of the two lacks. Ours may show more: what one may do, and how far away a day is."""
    for whose, page in (("ours", shown(ours)), ("the limit", shown(least))):
        lacks = [fact for fact in facts_of(tab) if "".join(fact.split()) not in page]
        if lacks:
            yield f"{whose} lacks {lacks[:3]}"
    if more := words(least) - words(ours):
        yield f"the limit shows what ours does not: {sorted(more)[:5]}"


def facts_of(tab: str) -> list[str]:
    """What the tab must show of the case, beside what every tab shows."""
    return [*_EVERYWHERE, *_ON[tab]]


def _kr(*sums: int) -> list[str]:
    return [format_kr(ore) for ore in sums]


_EVERYWHERE = [
    *("T25-999999", "Demovik kommune", "2025/1234", "Kari Demo", "Turid Demo", "rådgiver", "turid@example.invalid"),
    *("312 999 005", "Bergen kommune", "17. april 2026", "Bokmål", *_kr(5_000_000_00, 2_500_000_00)),
]
_TITLES = [title for _kind, _days, title in texts.DOCUMENTS]
_SUBJECTS = [subject for _kind, _days, subject, _name in texts.SENT]
_ASKED = [texts.QUESTIONS, texts.ANSWER]
_LINES = [part for _code, text, ore in texts.BUDGET for part in (text, format_kr(ore))]
_ON: dict[str, list[str]] = {
    "oversikt": [
        *_ASKED,
        str(texts.APPLICATION["purpose"]),
        "01.03.2025",
        "31.12.2025",
        "24.01.2025",
        "Årsrapport 2025",
    ],
    "soknad": [
        *(
            each
            for code, each in texts.ANSWERS.items()
            if code not in ("area", "continued", "vat_refunded", "unused_funds")
        ),
        *(*_ASKED, *_LINES, *_kr(600_000_00, 5_600_000_00, 0), "10. januar 2025", "Ja"),
    ],
    "vurderinger": [
        *(part for points, reason in texts.SCORES.values() for part in (str(points), reason)),
        *(str(texts.PROPOSAL[name]) for name in ("purpose", "facts", "reasons")),
        *(*texts.PROPOSAL["conditions"], *_LINES, "Inger Demo", "4,55", "4,10", "Går opp."),
    ],
    "vedtak-og-brev": [*_SUBJECTS, "Marit Demo", "Inger Demo", "Tor Demo", "25. mars 2025", "15. april 2025"],
    "utbetalinger": ["Rate 1 av 2", "Rate 2 av 2", "Betalt", "Klar til attestasjon", "20.04.2025"],
    "rapporter": ["Statusrapport 2025", "Årsrapport 2025", *_kr(1_950_000_00, 4_800_000_00), "Godkjent", "For sent"],
    "dokumenter": _TITLES,
    "hendelser": sorted({by for _days, _event, by, _facts in texts.EVENTS}),
}
