"""The nynorsk catalogue: what is missing, unused or wrong is named."""

from pathlib import Path

import pytest

from app.translations import catalogue

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small program with three texts."""
    for folder in ("app/templates/cases", "app/translations/nn", "forms", "letters"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "app/words.py").write_text('WORD = N_("Ikke levert")\n', encoding="utf-8")
    (tmp_path / "forms/words.py").write_text('label = N_("Beløp")\n', encoding="utf-8")
    page = '<h1>{{ _("Sak %(number)s", number=1) }}</h1>{% trans %}Vedtak{% endtrans %}'
    (tmp_path / "app/templates/cases/page.html").write_text(page, encoding="utf-8")
    return tmp_path


def put(root: Path, room: str, **pairs: str) -> None:
    blocks = "".join(f'msgid "{key}"\nmsgstr "{words}"\n\n' for key, words in pairs.items())
    (root / f"app/translations/nn/{room}.po").write_text(HEAD + blocks, encoding="utf-8")


def test_every_text_is_found_with_its_place(root: Path) -> None:
    assert catalogue.texts_in_code(root) == {
        "Ikke levert": "app/words.py:1",
        "Beløp": "forms/words.py:1",
        "Sak %(number)s": "app/templates/cases/page.html:1",
        "Vedtak": "app/templates/cases/page.html:1",
    }


def test_a_complete_catalogue_of_two_rooms_has_no_fault(root: Path) -> None:
    put(root, "cases", **{"Ikke levert": "Ikkje levert", "Sak %(number)s": "Sak %(number)s"})
    put(root, "forms", Beløp="Beløp", Vedtak="Vedtak")
    assert catalogue.faults(root).lines() == []


def test_a_text_without_nynorsk_is_named_with_its_place(root: Path) -> None:
    put(root, "forms", **{"Beløp": "Beløp", "Vedtak": "", "Sak %(number)s": "Sak %(number)s"})
    assert catalogue.faults(root).missing == (
        "app/words.py:1: 'Ikke levert'",
        "app/templates/cases/page.html:1: 'Vedtak'",
    )


def test_nynorsk_no_longer_used_is_named(root: Path) -> None:
    put(root, "old", Borte="Borte")
    assert catalogue.faults(root).unused == ("'Borte'",)


def test_a_place_for_a_fact_that_is_lost_is_named(root: Path) -> None:
    (root / "app/translations/nn/cases.po").write_text(
        HEAD + 'msgid "Sak %(number)s"\nmsgstr "Sak %(nummer)s"\n', encoding="utf-8"
    )
    assert any("Sak %(number)s" in line for line in catalogue.faults(root).wrong)


def test_two_rooms_that_disagree_are_named(root: Path) -> None:
    put(root, "cases", Vedtak="Vedtak")
    put(root, "forms", Vedtak="Avgjerd")
    assert catalogue.faults(root).wrong == ("forms.po: 'Vedtak' is translated differently in another room",)
