"""The statement of a year is PDF/A-2a and PDF/UA-1 as every letter is, in both languages, long and empty."""

from datetime import date
from pathlib import Path

from flask import Flask
from flask_babel import Babel, force_locale

from app.payouts.exports import statement_pdf
from app.payouts.queries import PaidClaim
from app.values.language import Language
from tests.pdf.conftest import VeraPdf
from tests.pdf.test_deliveries import SENDER

DAY = date(2025, 4, 15)
ROWS = [PaidClaim(f"Lege {n // 12}", f"T25-{n}-K{n}", DAY, DAY, DAY, 5_000_00 + n, n, 0) for n in range(120)]


def test_a_statement_passes_both_standards(verapdf: VeraPdf, tmp_path: Path) -> None:
    house, files = Flask("house"), []
    Babel(house)
    with house.app_context():
        for language in Language:
            for name, rows in (("long", ROWS), ("empty", [])):
                with force_locale(language.value):
                    data = statement_pdf(
                        "Legekontoret Demo AS", "312 999 021", 2025, rows, by=SENDER, made_on=DAY, language=language
                    )
                file = tmp_path / f"{name}-{language}.pdf"
                file.write_bytes(data)
                files.append(file)
    verdicts = verapdf.check(files)
    assert {key: broken for key, broken in verdicts.items() if broken} == {}
