"""Every bokmål and nynorsk text is spelt as hunspell's word lists, or our own of the field's words, have it."""

import re

import pytest

from app.translations.catalogue import translations
from tests.architecture import spelling


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_word_is_spelt_right(language: str) -> None:
    """A word that is right and stands in neither list goes into tests/architecture/words, by its place in it."""
    assert spelling.unknown(language) == {}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_our_own_words_are_in_order_and_are_needed(language: str) -> None:
    """So that a misspelt word put there to be let through is seen, and the list does not outgrow its texts."""
    own = spelling.own(language)
    assert own == sorted(set(own))
    said = {
        part.lower()
        for text in spelling.texts(language)
        for word in spelling.words_in(text)
        for part in (word, *word.split("-"))
    }
    assert [word for word in own if word.lower() not in said] == []


def test_the_texts_of_rules_are_read_too() -> None:
    nb, nn = set(spelling.rule_texts("nb")), set(spelling.rule_texts("nn"))
    assert {"Forankring i ledelsen", "Restmidler "} <= nb and {"Forankring i leiinga", "Restmidlar "} <= nn


def test_bokmaal_in_nynorsk_and_slips_are_seen() -> None:
    assert not spelling.knows("nn", "endelig")
    assert not spelling.knows("nn", "flere")
    assert not spelling.knows("nb", "utbetalng")
    assert spelling.knows("nb", "Utbetalingsliste") and spelling.knows("nn", "innvilga")


def test_a_file_is_called_the_same_in_all_of_the_bokmaal() -> None:
    """Both «filen» and «fila» are right; one person reads many pages."""
    assert [text for text in spelling.texts("nb") if re.search(r"\bfila\b", text)] == []
    assert [text for text in spelling.texts("nn") if re.search(r"\bfilen\b", text)] == []


# What is never one: a session's shortest time unused is ten minutes, a sum of points has two decimals, and a month has
# 28 days at least.
NEVER_ONE = {
    "Du blir logget ut når siden ikke har vært i bruk på %(minutes)s minutter, og senest %(num)d time etter at du "
    "logget inn.",
    "Den datoen finnes ikke: %(month)s %(year)s har %(days)s dager.",
}
_COUNTED = re.compile(
    r"%\(\w+\)[sd] (?:åpne |andre |nye )?(?:saker|søknader|søkere|linjer|prosjekter|rapporter|dager|uker|timer|minutter"
    r"|filer|personer|lister|sider|rater|utbetalinger|kommuner|avtaler|mottakere|partnere|fastleger|måneder)\b"
)


def test_what_is_counted_has_a_word_for_one() -> None:
    """«1 saker» is written nowhere: a text with a number before a plural is told by ngettext, or in other words."""
    catalogue, _ = translations()
    told = {each.id if isinstance(each.id, str) else each.id[0] for each in catalogue if each.id}
    assert {text for text in told - NEVER_ONE if _COUNTED.search(text)} == set()
    assert _COUNTED.search("%(count)s saker.") and not _COUNTED.search("%(num)d sak")
