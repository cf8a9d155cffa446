"""Every form of the program, sent what nobody ought to type: words back, nothing lost, never a fault.

Here a few values a field; `make ordeal` sends all of them.
"""

from flask import Flask

from tests import hostile

ROUNDS = 3


def test_whatever_is_typed_is_answered_in_words_and_kept(season: Flask) -> None:
    season.config["PROPAGATE_EXCEPTIONS"] = True
    forms = hostile.every_form(season)
    assert len(forms) > 35
    with hostile.nothing_kept():
        faults = [fault for form in forms if form.texts for fault in hostile.attack(season, form, ROUNDS)]
        faults += [fault for form in forms for fault in hostile.tamper(season, form, 2)]
    assert not faults, "\n".join(faults)
