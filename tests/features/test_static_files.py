"""Styles and scripts: cut to what the pages use, compressed, and never an old form of a changed file."""

import os
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client as Web

from app.web import static, styles, with_static

SHEET = (
    "@layer ds.base,ds.components;@layer ds.base{.ds-sr-only{a:b}}"
    "@layer ds.components{.ds-tag{a:b}@media print{.ds-tag{c:d}}}@layer ds.components{.ds-card,.ds-link{a:b}}"
    "@layer ds.components{table{a:b}}@property --x{syntax:'*'}"
)


def test_a_component_nobody_names_is_cut_and_what_is_no_component_stays() -> None:
    assert styles.cut(SHEET, {"ds-link"}) == SHEET.replace(
        "@layer ds.components{.ds-tag{a:b}@media print{.ds-tag{c:d}}}", ""
    )


def test_the_stylesheet_in_use_has_every_component_the_pages_name() -> None:
    source = Path(styles.APP.parent, "node_modules/@digdir/designsystemet-css/dist/src/index.css").read_text()
    assert (static.STATIC / "vendor/designsystemet.css").read_text() == styles.cut(source, styles.used())


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Flask]:
    sheet = tmp_path / "plain.css"
    sheet.write_text("a { color: red }")
    (tmp_path / "plain.css.br").write_bytes(b"packed")
    monkeypatch.setattr(static, "STATIC", tmp_path)
    program = Flask("any")
    program.config["SESSION_COOKIE_SECURE"] = False
    return sheet, program


def test_a_file_is_sent_compressed_to_who_takes_it(served: tuple[Path, Flask]) -> None:
    _, program = served
    answer = Web(with_static(program)).get("/static/plain.css", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "br" and answer.data == b"packed"
    answer.close()


def test_an_old_compressed_form_of_a_changed_file_is_not_sent(served: tuple[Path, Flask]) -> None:
    sheet, program = served
    packed = (sheet.parent / "plain.css.br").stat().st_mtime
    os.utime(sheet, (packed + 5, packed + 5))
    answer = Web(with_static(program)).get("/static/plain.css", headers={"Accept-Encoding": "br"})
    assert answer.data == b"a { color: red }" and "Content-Encoding" not in answer.headers
    answer.close()
