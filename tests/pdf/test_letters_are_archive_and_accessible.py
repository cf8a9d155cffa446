"""Every letter is PDF/A-2a (archive) and PDF/UA-1 (readable by machines), judged by veraPDF, not by us."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from app.values.language import Language
from letters import compose, render
from letters.blocks import Bullets, Figure, Letter, Paragraph, Span
from letters.sheet import archive, fonts, page, print_letter, tables
from tests.letter_samples import SAMPLES, long_award, long_partial_award, receipt
from tests.pdf.conftest import VeraPdf


def write(folder: Path, name: str, pdf: bytes) -> Path:
    file = folder / name
    file.write_bytes(pdf)
    return file


def hard_letter() -> Letter:
    """What no letter has yet but the sheet can set: a picture, a long word, a link over two lines, odd signs."""
    png = BytesIO()
    Image.new("RGBA", (60, 20), (0, 51, 102, 128)).save(png, "PNG")
    letter = compose(receipt())
    blocks = (
        *letter.blocks,
        Figure(png.getvalue(), "Merke: «Demovik»", 40),
        Paragraph((Span("Langord" * 60),)),
        Paragraph((Span("Lege:", strong=True), Span(" ja\nReise:\n"), Span("a\nb", href="https://example.org/a"))),
        Bullets(((Span("b\n1. c"),), (Span("d"),))),
        Paragraph((Span("Les mer på "), Span("adresse-og-" * 20, href="https://example.org/(a)\\b"), Span("."))),
        Paragraph((Span("Olggonjárga, Ŧ ŋ Č š ž → ✓ − ½ ×", strong=True),)),
    )
    return replace(letter, blocks=blocks)


def test_every_letter_in_both_languages_short_and_long_passes_both_standards(verapdf: VeraPdf, tmp_path: Path) -> None:
    files = [
        write(tmp_path, f"{kind}-{language}.pdf", render(make(language)))
        for kind, make in SAMPLES.items()
        for language in Language
    ]
    for language in Language:
        files.append(write(tmp_path, f"long-award-{language}.pdf", render(long_award(language))))
        files.append(write(tmp_path, f"long-partial-{language}.pdf", render(long_partial_award(language))))
    files.append(write(tmp_path, "hard.pdf", print_letter(hard_letter())))
    verdicts = verapdf.check(files)
    assert {key: broken for key, broken in verdicts.items() if broken} == {}


def test_the_judge_sees_a_file_without_tags(verapdf: VeraPdf, tmp_path: Path) -> None:
    """A check that never fails proves nothing."""
    fonts.load()
    buffer = BytesIO()
    canvas = Canvas(buffer, initialFontName=fonts.REGULAR)
    canvas.drawString(72, 720, "Uten merking")
    canvas.save()
    verdicts = verapdf.check([write(tmp_path, "untagged.pdf", buffer.getvalue())])
    assert all(verdicts.values())
    assert any(rule.startswith("6.") for rule in verdicts["2a", "untagged.pdf"])
    assert any(rule.startswith("7.1") for rule in verdicts["ua1", "untagged.pdf"])


def test_the_judge_sees_each_thing_the_sheet_takes_care_of(
    verapdf: VeraPdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Take away one care at a time: what reportlab's upgrades might break is seen to be seen."""
    files = []

    def planted(name: str) -> None:
        files.append(write(tmp_path, name, render(long_award())))
        monkeypatch.undo()

    monkeypatch.setattr(archive.LineEndAfterStreams, "encode", lambda self, data: data)
    planted("no-line-end.pdf")
    monkeypatch.setattr(archive, "colour_profile", lambda document: None)
    planted("no-colours.pdf")
    monkeypatch.setattr(archive, "_XMP", archive._XMP.replace("URI>http://www.aiim.org/pdfua/ns/id/<", "URI>urn:x<"))
    planted("no-schema.pdf")
    monkeypatch.setattr(tables, "_COLUMN_HEAD", "")
    monkeypatch.setattr(tables, "_ROW_HEAD", "")
    planted("no-scope.pdf")
    monkeypatch.setattr(page, "_small", lambda pdf, part, words, x, y: _bare(pdf, words, x, y))
    planted("foot-unmarked.pdf")
    verdicts = verapdf.check(files)
    failed = {name: profile for (profile, name), broken in verdicts.items() if broken}
    assert set(failed) == {file.name for file in files}


def _bare(pdf: object, words: str, x: float, y: float) -> None:
    """Draw outside every tag and artifact."""
    pdf._leave()  # type: ignore[attr-defined]
    canvas = pdf._canvas  # type: ignore[attr-defined]
    canvas.setFont(fonts.REGULAR, 9)
    canvas.drawString(x, y, words)


def test_letters_without_a_jdk_are_never_green_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.pdf import conftest

    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(conftest.shutil, "which", lambda name: None)
    with pytest.raises(pytest.fail.Exception):
        conftest.find_verapdf()
