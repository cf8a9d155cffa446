"""No free text of the GP track takes what is built as a fødselsnummer or D-number, however it is parted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.values.badvalue import BadValue
from tests.unit.test_identity import _national_id
from tests.unit.test_printed_texts import FIELDS

ROOMS = ("agreements.", "areas.", "closing.", "compensation.", "countering.")
TEXTS = sorted(name for name in FIELDS if name.startswith(ROOMS))
NUMBERS = st.builds(
    _national_id,
    st.integers(1, 28) | st.integers(41, 68),
    st.integers(1, 12) | st.integers(41, 52) | st.integers(81, 92),
    st.integers(0, 99),
    st.integers(0, 999),
).filter(lambda number: number is not None)


def test_the_tracks_free_texts_are_tried() -> None:
    told = {
        "agreements.EndForm.reason",
        "agreements.TurnDownForm.reason",
        "areas.CheckForm.finding",
        "areas.ContactForm.words",
        "closing.OpenedForm.reason",
        "compensation.RefuseForm.reason",
    }
    assert told <= set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
@given(number=NUMBERS, parts=st.sampled_from(["", " ", "-", "."]), between=st.sampled_from(["", " ", "-", " - ", "\n"]))
def test_a_number_of_a_person_is_refused_with_the_reason(name: str, number: str, parts: str, between: str) -> None:
    text = type("One", (Form,), {"text": FIELDS[name]})(MultiDict()).text
    written = parts.join((number[:2], number[2:4], number[4:6])) + between + number[6:]
    with pytest.raises(BadValue) as refused:
        text.read(f"Gjelder {written}.")
    assert "fødselsnummer" in refused.value.reason
    assert text.read("Gjelder 12 pasienter.") == "Gjelder 12 pasienter."
