"""The words a case is found by: a number is found however it is copied, and no text is more than an index takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.values.text import clean_lines
from app.values.words import LONGEST_WORD, MOST_BYTES, indexed, sought

CASE = indexed(
    ["T24-0017", "Bergen kommune 964338531", "Søkt om 1 250 000 kr til konto 8601 11 17947, tlf. 967 00 000, istanbul"]
)
PLACES = indexed(["Åsgårdstrand kommune, Bodø, Sætre, Kárášjohka, Ås, Malmö"])


def is_found(query: str, words: list[str]) -> bool:
    """As both databases judge: every word, the last as a beginning."""
    return any(set(whole) <= set(words) and any(w.startswith(last) for w in words) for *whole, last in sought(query))


@pytest.mark.parametrize(
    "query",
    [
        "T24-0017", "t24-0017", "24-0017", "240017", "T240017", "t24 0017", "T24\u20110017", "T24\u20130017",
        "T24-00",
        "\u200bT24-0017\u00a0", "\uff34\uff12\uff14\uff0d\uff10\uff10\uff11\uff17",
        "964 338 531", "964\u00a0338\u00a0531", "964338531", "964.338.531", "bergen 964 338 531", "9643",
        "1 250 000", "1\u00a0250\u00a0000", "1250000", "1.250.000", "86011117947", "8601.11.17947",
        "8601\u00a011\u00a017947", "BERGEN komm", "be\u00adrgen",
        "Kontonummer 8601 11 17947", "Organisasjonsnummer: 964 338 531", "Saksnummer T24-0017",
        "Org.nr. 964 338 531", "NO 964 338 531 MVA",
        "kr1 250 000", "kr 1 250 000", "Kontonr. 8601-11-17947", "Sak T24-0017", "İstanbul", "NO964338531MVA",
        "964-338-531", "ca. 1 250 000",
        "Sum: 1 250 000", "Foretaksnr. 964 338 531",
        "967 00 000", "96 70 00 00",
        "24/0017", "2024/0017", "sak 2024/0017",
    ],
)  # fmt: skip
def test_what_is_copied_from_our_pages_is_found(query: str) -> None:
    assert is_found(query, CASE)


@pytest.mark.parametrize(
    "query",
    [
        "asgard", "Åsgårdstrand", "ÅSGARD", "asgårdstrand", "bodo", "Bodø", "saetre", "sætre", "karasjohka",
        "Kárášjohka", "Ås", "as", "malmo", "Malmø",
    ],
)  # fmt: skip
def test_a_place_is_found_with_and_without_our_letters(query: str) -> None:
    assert is_found(query, PLACES)


def test_a_short_word_is_sought_as_it_is_written() -> None:
    """Else «Ås» would give every company."""
    assert not is_found("Ås", indexed(["Legekontoret Demo AS"]))


@pytest.mark.parametrize("query", ["T24-0018", "25-0017", "964 338 532", "17-0024", "bergen 0018"])
def test_another_number_is_not(query: str) -> None:
    assert not is_found(query, CASE)


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_every_text_is_found_by_itself(text: str) -> None:
    words = indexed([clean_lines(text)])
    assert not words or is_found(clean_lines(text), words)


def test_words_and_all_of_them_stay_within_what_postgresql_takes() -> None:
    words = indexed(["T24-0017", "ø" * 5000, " ".join(f"{n:0150d}" for n in range(10_000))])
    assert words[:2] == ["t24", "0017"]
    assert max(len(word) for word in words) == LONGEST_WORD
    assert MOST_BYTES - 200 < sum(len(word.encode()) for word in words) <= MOST_BYTES
    assert is_found("ø" * 1100, words)
