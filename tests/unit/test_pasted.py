"""What is pasted is read as the eye sees it: unseen signs do not count, numbers in any dress, words never glued."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.values import dates, identity, kid, mailaddress, money, nationalid, scores, text, wholenumber
from app.values.badvalue import BadValue

UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u061c\u180e\u034f"
    "\u00ad\ufeff\ufe0e\ufe0f\ufffc\U000e0041\U000e007f\U000e0101\x00\x07\x7f\ue000"
)
BLANKS = ("\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r\n", "\u00a0", "\u2007", "\u2009", "\u202f", "\u3000")
CLEAN = (text.visible, text.clean_line, text.clean_lines, text.clean_number, text.clean_code, text.plain_signs)
READERS: tuple[tuple[Callable[[str], Any], str, Any], ...] = (
    (money.parse_kroner, "1 250 000,50", 1_250_000_50),
    (money.parse_kroner, "150.000 kr", 150_000_00),
    (money.parse_kroner, "500,-", 500_00),
    (lambda typed: wholenumber.parse_whole_number(typed, -9, 9_999_999), "1 500", 1500),
    (lambda typed: wholenumber.parse_whole_number(typed, -9, 9_999_999), "-7", -7),
    (scores.parse_score, "2,50", 250),
    (identity.parse_orgnr, "933 649 768", "933649768"),
    (identity.parse_account, "8601.11.17947", "86011117947"),
    (identity.parse_hpr, "1234567", "1234567"),
    (kid.parse_kid, "6-", "6-"),
    (mailaddress.parse_email, "ola@kommune.no", "ola@kommune.no"),
    (dates.parse_date, "15.02.2025", date(2025, 2, 15)),
    (dates.parse_date, "2025-02-15", date(2025, 2, 15)),
)
DRESSES = {
    "wide signs": lambda typed: "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in typed),
    "Arabic digits": lambda typed: re.sub("[0-9]", lambda found: chr(0x660 + int(found[0])), typed),
    "no-break spaces": lambda typed: typed.replace(" ", "\u00a0"),
    "thin spaces": lambda typed: typed.replace(" ", "\u2009"),
    "tabs": lambda typed: typed.replace(" ", "\t"),
    "soft line breaks": lambda typed: typed.replace(" ", "\u2028"),
    "minus": lambda typed: typed.replace("-", "\u2212"),
    "en dash": lambda typed: typed.replace("-", "\u2013"),
}


@settings(max_examples=60)
@given(st.data())
def test_unseen_signs_anywhere_and_blanks_at_the_ends_change_no_number(data: st.DataObject) -> None:
    read, typed, value = data.draw(st.sampled_from(READERS))
    unseen = st.text(UNSEEN, max_size=3)
    strewn = "".join(data.draw(unseen) + sign for sign in typed) + data.draw(unseen)
    pasted = data.draw(st.sampled_from(BLANKS)) + strewn + data.draw(st.sampled_from(BLANKS))
    assert read(pasted) == value


@pytest.mark.parametrize("dress", DRESSES)
def test_a_number_reads_the_same_in_every_dress(dress: str) -> None:
    for read, typed, value in READERS:
        assert read(DRESSES[dress](typed)) == value, typed


@pytest.mark.parametrize("typed", ["15 00", "1 50", "0 500", "1 5000", "12 50", "15\t00", "1 234 56"])
def test_a_whole_number_grouped_oddly_is_refused(typed: str) -> None:
    with pytest.raises(BadValue) as refused:
        wholenumber.parse_whole_number(typed, 0, 10**9)
    assert refused.value.code == "ambiguous"


@pytest.mark.parametrize("typed", ["12²", "①", "½", "l2", "1O"])
def test_what_only_looks_like_digits_is_no_number(typed: str) -> None:
    for read, _typed, _value in READERS:
        with pytest.raises(BadValue):
            read(typed)


@settings(max_examples=60)
@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_nothing_unseen(typed: str) -> None:
    for clean in CLEAN:
        cleaned = clean(typed)
        assert clean(cleaned) == cleaned
        assert text.visible(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not set(cleaned) & set(UNSEEN)


@settings(max_examples=60)
@given(st.lists(st.text("abcæøåčđ", min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_words_are_never_glued_together(words: list[str], data: st.DataObject) -> None:
    between = [data.draw(st.text(UNSEEN, max_size=2)) + data.draw(st.sampled_from(BLANKS)) for _ in words]
    pasted = "".join(word + gap for word, gap in zip(words, between, strict=True))
    assert text.clean_line(pasted).split(" ") == words
    assert text.clean_lines(pasted).split() == words


def test_lines_are_kept_however_they_are_broken() -> None:
    assert text.clean_lines("en\r\nto\rtre\x0bfire\u2028fem\u2029seks\x85sju\n\n\nåtte") == (
        "en\nto\ntre\nfire\nfem\nseks\nsju\n\n\nåtte"
    )


def test_a_national_id_is_seen_in_every_dress() -> None:
    number = "15076500565"
    assert nationalid.contains_national_id(number)
    for dressed in (DRESSES["Arabic digits"](number), "150765\u200b00565", "150765\u201300565"):
        assert nationalid.contains_national_id(dressed)
