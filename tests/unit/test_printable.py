"""The table of signs is the font's own, and says what the letters' own check says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.values.printable import PRINTABLE, shown, unprintable
from letters.errors import CannotSet
from letters.sheet import fonts
from letters.wording import clean


def test_the_table_is_that_of_the_font_in_both_weights() -> None:
    assert fonts._known() == PRINTABLE, "new fonts: write the table of app/values/printable.py anew"


@settings(max_examples=300)
@given(st.text(st.one_of(st.characters(), st.sampled_from("aø e\u0301\ufe0f\u200d❤😀\u202e\x07\u00ad")), max_size=12))
def test_a_text_can_be_printed_when_nothing_is_unprintable(text: str) -> None:
    try:
        fonts.require(clean(text))
        fits = True
    except CannotSet:
        fits = False
    assert fits is not bool(unprintable(text))


def test_signs_are_named_as_they_look_or_by_number() -> None:
    assert unprintable("Trygg 😀\ufe0f hverdag 😀 中") == ("😀", "中")
    assert shown(unprintable("a😀\x07")) == "«😀», U+0007"
