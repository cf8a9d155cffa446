"""Every bokmål and nynorsk text is spelt as hunspell's word lists, or our own of the field's words, have it."""

import pytest

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
