"""Free text as it is stored."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.values.text import clean_line, clean_lines


def test_a_line_loses_control_signs_and_blanks_at_its_ends() -> None:
    assert clean_line(" Tromsø\x00\tkommune\u202e \n") == "Tromsø kommune"
    assert clean_line("A\u030as") == "Ås"


def test_lines_keep_their_breaks_and_the_blanks_inside() -> None:
    assert clean_lines("En\r\n\r\n  to\rtre\x07\n") == "En\n\n  to\ntre"


def test_signs_a_letter_may_carry_are_kept() -> None:
    signs = "čđŋšŧžČĐŊŠŦŽáÁïÏäÄöÖåÅæÆøØéèêóòôüñßçð–—«»“”’…§°½×→✓−<b>&"
    assert clean_line(signs) == signs


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_no_control_signs(text: str) -> None:
    for clean in (clean_line, clean_lines):
        cleaned = clean(text)
        assert clean(cleaned) == cleaned
        assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in cleaned if sign not in "\n\t")
        assert unicodedata.is_normalized("NFC", cleaned)
