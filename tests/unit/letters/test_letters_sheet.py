"""The printed sheet: bytes, words and tags."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from app.values.language import Language
from letters import compose, render
from letters.blocks import Heading, Paragraph, Span
from letters.sheet import fonts, print_letter
from letters.sheet.lines import break_lines
from letters.sheet.style import LEFT, RIGHT, SMALL
from tests.letter_samples import SAMPLES, award, long_award, long_partial_award, receipt

ROOT = Path(__file__).parents[3]
GLYPHS = (Path(__file__).parent / "glyphs_a_letter_may_carry.txt").read_text("utf-8").rstrip("\n")
poppler = pytest.mark.skipif(
    shutil.which("pdfinfo") is None and not os.environ.get("CI"),  # noqa: TID251 - a test session's own setting
    reason="poppler is not installed",
)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def structure(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf)
    return subprocess.run(
        ["pdfinfo", "-struct-text", str(file)], capture_output=True, text=True, check=True, timeout=60
    ).stdout


@pytest.mark.parametrize("name", ["L" * 200, "Legekontoret ved Storgata " * 9])
def test_a_running_head_stays_on_the_paper(name: str) -> None:
    letter = replace(compose(long_award()), running=f"Helsedirektoratet · Årsoppgave 2025: {name}")
    head = pages(print_letter(letter))[1].splitlines()[0]
    assert head.startswith("Helsedirektoratet · Årsoppgave 2025:") and head.endswith(" …")
    assert fonts.width(head, bold=False) * SMALL.size / 1000 <= RIGHT - LEFT


def test_the_same_facts_give_the_same_bytes_in_any_process() -> None:
    script = (
        "from hashlib import sha256; import letters; from tests.letter_samples import SAMPLES, long_award\n"
        "from app.values.language import Language\n"
        "letters.render(long_award())\n"
        "print(sha256(b''.join(letters.render(f(l)) for f in SAMPLES.values() for l in Language)).hexdigest())"
    )
    here = sha256(b"".join(render(make(language)) for make in SAMPLES.values() for language in Language)).hexdigest()
    for seed, zone in (("0", "UTC"), ("4711", "Asia/Tokyo")):
        env = {
            **os.environ,  # noqa: TID251 - handed on to another process
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "SOURCE_DATE_EPOCH": "1" + seed,
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, env=env, cwd=ROOT, check=True, timeout=120
        )
        assert done.stdout.strip() == here


def test_two_letters_never_share_a_file_id() -> None:
    facts: Any = award()
    other = replace(facts, decision=replace(facts.decision, project_title="Et annet prosjekt"))
    first, second = (PdfReader(BytesIO(render(each))).trailer["/ID"] for each in (facts, other))
    assert first != second


def test_the_file_says_what_it_is() -> None:
    reader = PdfReader(BytesIO(render(award(Language.NN))))
    assert reader.trailer["/Root"]["/Lang"] == "nn-NO"  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == compose(award(Language.NN)).title
    assert reader.metadata.author == "Helsedirektoratet"
    assert str(reader.metadata.creation_date) == "2025-02-14 12:00:00+00:00"


def test_every_page_says_which_letter_it_is_from_and_its_number() -> None:
    found = pages(render(award()))
    for number, text in enumerate(found, 1):
        assert f"Side {number} av {len(found)}" in text
        assert "T25-0123" in text and "Demodata" in text


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_paper_holds_every_word_of_the_preview(kind: str) -> None:
    letter = compose(SAMPLES[kind](Language.NB))
    printed = "".join("".join(pages(print_letter(letter))).split())
    for block in letter.blocks:
        if isinstance(block, (Paragraph, Heading)):
            for word in "".join(span.text for span in block.spans).split():
                assert word in printed, word


@poppler
def test_a_screen_reader_hears_whole_words_where_lines_are_wrapped(tmp_path: Path) -> None:
    heard = structure(render(award()), tmp_path)
    assert "Helsedirektoratet har vedtatt å innvilge Demovik kommune 2 500 001 kr i tilskudd til «Pasientens" in heard
    assert "legemiddelliste i Demovik». Det er full innvilgelse av søknaden. Tilskuddet gjelder perioden" in heard
    assert '"Demovik kommune Att.: kommunedirektøren Rådhusgata 1 9999 Demovik"' in heard


@poppler
def test_the_structure_has_headings_lists_tables_and_links(tmp_path: Path) -> None:
    heard = structure(render(award()), tmp_path)
    assert heard.count("  H1 (block)") == 1
    for tag in ("H2 (block)", "L (block)", "LI (block)", "Lbl (block)", "LBody (block)", "Table (block)", "Caption"):
        assert tag in heard, tag
    assert heard.count("/Scope /Column") == 3 and heard.count("/Scope /Row") == 3
    assert heard.count("Link (inline)") == 2 and heard.count("Object ") == 2
    assert "Side 1" not in heard, "the foot is no part of the letter"


@poppler
def test_a_table_over_several_pages_is_one_table_with_one_row_of_headings(tmp_path: Path) -> None:
    pdf = render(long_award())
    assert sum("Utbetales" in page for page in pages(pdf)) >= 2, "the headings stand on each page"
    heard = structure(pdf, tmp_path)
    assert heard.count("Table (block)") == 1
    assert heard.count('"Utbetales"') == 1, "but are heard once"
    assert heard.count("/Scope /Row") == 41


def test_a_row_taller_than_a_page_is_split_and_nothing_is_lost() -> None:
    said = "".join(pages(render(long_partial_award())))
    assert said.count("svært") == 80


def test_both_weights_hold_every_sign_a_letter_may_carry() -> None:
    fonts.require(GLYPHS)
    facts: Any = receipt()
    render(replace(facts, project_title=GLYPHS))


def test_links_have_words_that_say_where_they_lead() -> None:
    links = [
        annotation.get_object()
        for page in PdfReader(BytesIO(render(award()))).pages
        for annotation in page.get("/Annots", ())
    ]
    assert {str(link["/A"]["/URI"]) for link in links} == {"tel:+4791234567", "mailto:kari.nordmann@example.org"}
    assert all(link["/Contents"] for link in links)


@given(st.text(alphabet="abcæøå -/0123456789\u00ad", max_size=200), st.sampled_from([20.0, 80.0, 300.0]))
def test_breaking_lines_loses_nothing_and_stays_within_the_room(text: str, room: float) -> None:
    lines = break_lines((Span(text),), room, 11)
    said = "".join(piece.text for line in lines for piece in line)
    assert said.replace("\u00ad", "") == text.replace("\u00ad", "")
    for line in lines:
        shown = "".join(piece.text for piece in line).rstrip(" ")
        if len(shown.replace("\u00ad", "")) > 1:
            assert fonts.width(shown, False) * 11 / 1000 <= room + 0.01


def test_numbers_are_not_broken_and_a_soft_hyphen_shows_only_at_the_end_of_a_line() -> None:
    lines = break_lines((Span("sak T25-0123, 01.01-02.02, helsefelles-prosjekt"),), 70, 11)
    said = ["".join(piece.text for piece in line) for line in lines]
    assert said == ["sak T25-0123, ", "01.01-02.02, ", "helsefelles-", "prosjekt"]
    (first, second) = break_lines((Span("kommune\u00addirektør"),), 60, 11)
    assert first[0].text == "kommune\u00ad" and second[0].text == "direktør"
    (whole,) = break_lines((Span("kommune\u00addirektør"),), 200, 11)
    assert whole[0].text == "kommunedirektør"
