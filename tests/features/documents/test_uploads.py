"""The one door for uploaded files: what is hostile is told why and leaves nothing; what is honest comes in."""

import base64
import io
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import letters
from app.audit.models import AuditEntry
from app.db import db
from app.documents import actions, checks, files, jobs, queries
from app.documents.checks import child, pdf, xlsx
from app.documents.domain.files import Fault, FileType
from app.documents.domain.scopes import Verdict
from app.documents.domain.uploads import NotTaken
from app.documents.models import Document, StoredFile
from app.reports.models import Report
from tests import factories, hostile_files, hostile_reaching, letter_samples
from tests.client import Client

AT = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)
WANTED = tuple(FileType)
LINK = hostile_files.annotated(b"/Subtype/Link/A<</S/URI/URI(https://helsedirektoratet.no)>>")
# As a signing service leaves it: a signature that covers the file, proofs of the certificate, and no file inside.
SIGNED = hostile_files.pdf(
    b"/AcroForm<</SigFlags 3/Fields[<</FT/Sig/T(s)/V 4 0 R>>]>>/DSS<</Certs[5 0 R]>>/Perms<</DocMDP 4 0 R>>",
    hostile_files.PAGE,
    hostile_files.PAGES,
    b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 9 9 9]/Contents<3082>/M(D:2025)>>",
    hostile_files.stream(b"0\x82"),
)
SPELLED = hostile_files.stream(
    base64.a85encode(zlib.compress(b"BT ET")) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode]"
)
GOOD: dict[str, bytes] = {
    "alt mulig.xlsx": hostile_files.with_all_sorts(),
    "brev.pdf": b"",
    "signert.pdf": SIGNED,
    "gammelt program.pdf": hostile_files.pdf(b"", hostile_files.PAGE, hostile_files.PAGES, SPELLED),
    "formler.xlsx": hostile_files.workbook(
        ("=SUM(Ark2!B2:B9)", '=HYPERLINK("https://kommunen.no","Kommunen")'),
        ("=_xlfn.XLOOKUP(A1,Tabell[[#This Row],[Sum (kr)]],'År (2025)'!B:B)", "=_xlfn._xlws.SORT(A1:A2)", "=2*(1+1)"),
        ("=Tabell[Beløp]*2", "-Lønn", "= er lik"),
        ("=HYPERLINK(\"#'Ark2'!A1\")", '=IF(A1="HYPERLINK(x)",HYPERLINK( "HTTPS://a.no/"&A1,"Se"),0)'),
    ),
    "bilde.xlsx": hostile_files.changed({"xl/media/a.png": b"\x89PNG", "customXml/item1.xml": b"<a>https://a.no</a>"}),
    "lenke.pdf": hostile_files.pdf(b"/OpenAction[3 0 R/Fit]", LINK),
    "skjema.PDF": hostile_files.pdf(b"/AcroForm<</Fields[<</FT/Tx/T(navn)>>]>>"),
    "regnskap.xlsx": hostile_files.workbook(("Lønn", "=SUM(B2:B9)"), ("Sum – å", -12.5)),
    "lenke.xlsx": hostile_files.changed({"xl/worksheets/_rels/sheet1.xml.rels": hostile_files.RELS % b"hyperlink"}),
    "a.csv": "Kostnad;Beløp\r\nLønn;-1 200,50\r\n".encode(),
    "b.csv": "Kostnad;Beløp\nLønn;1\n".encode("utf-8-sig"),
    "c.csv": "Kostnad;Beløp\nLønn;1\n".encode("utf-16"),
    "d.csv": "Kostnad,Beløp\nLønn,1\n".encode("cp1252"),
    "g.csv": b"Kostnad;Hva\nTelefon;+47 900 00 000 (mobil)\n- Reise (tog);@helsedir\n",
    "f.csv": b"Kostnad;Hva\nTelefon;+47 22 33 44 55\nTap;- 1 200,50 kr\n'=1+1;- reise, og buss\nja;@\n",
    "e.csv": 'Kostnad\tBeløp\n"Løn\nog reise"\t=\n'.encode(),
}


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parsers here and not in a child, which takes half a second to start; with small bounds."""

    def here(path: Path, kind: FileType, *, counts_only: bool = False) -> child.Wrong | None:
        assert not counts_only
        fault = checks.check(path, kind)
        return child.Wrong(fault) if fault else None

    monkeypatch.setattr(child, "check", here)
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 2 * hostile_files.MEGABYTES)
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    monkeypatch.setattr(xlsx, "MOST_CELLS", 100)


def take(data: bytes, name: str, *wanted: FileType) -> actions.Upload:
    return actions.take_upload(io.BytesIO(data), name, *(wanted or WANTED), at=AT)


def on_disk() -> list[Path]:
    return [p for p in files.directory().rglob("*") if p.is_file() and p.name != files.MARK]


def test_every_hostile_file_is_told_why_and_leaves_nothing(app: Flask, in_process: None) -> None:
    hostile = hostile_reaching.all_of_them()
    assert len({(each.kind, each.what) for each in hostile}) >= 100
    told = {}
    with app.app_context():
        for each in hostile:
            try:
                take(each.data, each.name)
                told[each.kind, each.what] = "taken"
            except NotTaken as refused:
                told[each.kind, each.what] = refused.fault.value
        wrong = {key: said for key, said in told.items() if said != _fault(hostile, key).value}
        assert not wrong
        assert on_disk() == []
        assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0


def _fault(hostile: list[hostile_reaching.Hostile], key: tuple[FileType, str]) -> Fault:
    return next(each.fault for each in hostile if (each.kind, each.what) == key)


def test_honest_files_come_in(app: Flask, in_process: None) -> None:
    GOOD["brev.pdf"] = letters.render(letter_samples.award())
    with app.app_context():
        for name, data in GOOD.items():
            upload = take(data, name)
            assert queries.read(upload.sha256) == data, name
            assert not upload.waits
            assert queries.verdict_on(upload.sha256) is Verdict.CLEAN
        assert take(GOOD["a.csv"], "igjen.csv").sha256 == take(GOOD["a.csv"], "a.csv").sha256
        assert len(on_disk()) == len(GOOD)


def test_a_real_child_reads_the_file_and_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(hostile_files.pdf())
    assert child.check(path, FileType.PDF) is None
    path.write_bytes(hostile_files.updated_with_script())
    assert child.check(path, FileType.PDF) == child.Wrong(Fault.SCRIPT)
    assert child.check(tmp_path / "gone", FileType.PDF) == child.Wrong(Fault.TOO_HARD), (
        "a child that ends without a word"
    )
    monkeypatch.setattr(child, "SECONDS", -4.99)
    assert child.check(path, FileType.PDF) == child.Wrong(Fault.TOO_HARD), "a child that takes too long"


def test_size_is_counted_while_it_comes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        read_bytes = 0

        def read(self, size: int = -1) -> bytes:
            self.read_bytes += size
            return bytes(size)

    monkeypatch.setattr(actions, "MOST_BYTES", 1024 * 1024)
    with app.app_context():
        stream: Any = Endless()
        with pytest.raises(NotTaken) as refused:
            actions.take_upload(stream, "a.pdf", FileType.PDF, at=AT)
        assert refused.value.fault is Fault.TOO_BIG
        assert stream.read_bytes < 2 * 1024 * 1024
        with pytest.raises(NotTaken) as refused:
            take(b"", "a.pdf")
        assert refused.value.fault is Fault.EMPTY
        assert on_disk() == []


# -- the auditor's statement, which comes through the door ------------------------------------------------------------


@pytest.fixture
def report(app: Flask) -> str:
    """The address of Demovik's year report."""
    with app.app_context():
        factories.people()
        key = factories.report_due()
        return f"/vaar-side/rapporter/{db.session.get_one(Report, key).public_id}"


def press(client: Client, address: str, data: bytes, name: str) -> Any:
    return client.see(address).press(
        "Lagre", used_0="1 200", why_0="Mindre brukt.", auditor_file=(io.BytesIO(data), name)
    )


def test_a_refused_file_is_told_at_the_field_and_the_rest_stays(
    app: Flask, report: str, client_for: Callable[[str], Client], in_process: None
) -> None:
    page = press(client_for("demovik"), report, hostile_files.updated_with_script(), "revisor.pdf")
    assert page.status == 422
    told = page.response.get_data(as_text=True)
    assert "Filen inneholder skript som kan kjøre når den åpnes." in told
    assert "Mindre brukt." in told
    assert 'value="1 200"' in told
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).where(Document.kind == "auditor_statement")) == 0


def test_any_name_comes_back_when_the_file_is_fetched(
    app: Flask, report: str, client_for: Callable[[str], Client], in_process: None
) -> None:
    name = "Revisor «2025» 👍 \u202eč;'%.pdf"
    page = press(client_for("demovik"), report, hostile_files.pdf(), name)
    assert page.status == 200
    with app.app_context():
        document = db.session.scalars(sa.select(Document).where(Document.kind == "auditor_statement")).one()
        assert document.filename == "Revisor «2025» 👍 č;'%.pdf"
        address = f"/dokumenter/{document.public_id}"
    assert address in page.links().values(), "who laid it there sees which file it was"
    answer = client_for("officer1").get(f"{address}/fil")
    assert answer.data == hostile_files.pdf()
    assert "filename*=UTF-8''Revisor%20%C2%AB2025%C2%BB%20%F0%9F%91%8D" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


class Clamd:
    """Stands in for ClamAV on a socket: says what it is told to, and keeps what it was sent."""

    def __init__(self, folder: Path) -> None:
        self.address, self.answer, self.sent = str(folder / "clamd"), b"stream: OK\0", b""
        self.door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.door.bind(self.address)
        self.door.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line, line.makefile("rb") as read:
                assert read.read(10) == b"zINSTREAM\0"
                self.sent = b""
                while size := int.from_bytes(read.read(4), "big"):
                    self.sent += read.read(size)
                line.sendall(self.answer)


@pytest.fixture
def clamd(app: Flask, tmp_path: Path) -> Iterator[Clamd]:
    made = Clamd(tmp_path)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], clamd=made.address)
    yield made
    made.door.close()


def test_what_the_virus_program_calls_clean_is_opened_and_what_it_finds_is_refused(
    app: Flask, clamd: Clamd, in_process: None
) -> None:
    with app.app_context():
        upload = take(GOOD["lenke.pdf"], "a.pdf")
        assert not upload.waits
        assert clamd.sent == GOOD["lenke.pdf"]
        assert queries.verdict_on(upload.sha256) is Verdict.CLEAN
        clamd.answer = b"stream: Eicar-Test-Signature FOUND\0"
        with pytest.raises(NotTaken) as refused:
            take(GOOD["skjema.PDF"], "a.pdf")
        assert refused.value.fault is Fault.INFECTED
        assert len(on_disk()) == 1


def test_without_an_answer_the_file_is_held_back_until_it_is_clean(
    app: Flask, clamd: Clamd, report: str, client_for: Callable[[str], Client], in_process: None
) -> None:
    clamd.answer = b"INSTREAM size limit exceeded. ERROR\0"
    page = press(client_for("demovik"), report, hostile_files.pdf(), "revisor.pdf")
    assert "Den kan åpnes når den er sjekket for virus." in page.text
    officer = client_for("officer1")
    with app.app_context():
        document = db.session.scalars(sa.select(Document).where(Document.kind == "auditor_statement")).one()
        address = f"/dokumenter/{document.public_id}"
        assert jobs.check_held(AT).failed == 1
    held = officer.see(address)
    assert "ikke sjekket for virus ennå" in held.text
    assert "Åpne dokumentet" not in held.buttons()
    assert officer.get(f"{address}/fil").status_code == 303
    clamd.answer = b"stream: OK\0"
    with app.app_context():
        assert jobs.check_held(AT).done == 1
        assert jobs.check_held(AT).done == 0
    assert officer.get(f"{address}/fil").data == hostile_files.pdf()


def test_what_is_found_later_is_closed_and_told_on_the_case(
    app: Flask, clamd: Clamd, report: str, client_for: Callable[[str], Client], in_process: None
) -> None:
    clamd.door.close()
    Path(clamd.address).unlink()
    press(client_for("demovik"), report, hostile_files.pdf(), "revisor.pdf")
    with app.app_context():
        document = db.session.scalars(sa.select(Document).where(Document.kind == "auditor_statement")).one()
        actions_told = actions.virus.Told(Verdict.INFECTED, "Eicar")
        with actions.writing():
            assert actions.judge(document.sha256, actions_told, at=AT)
        told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "document.infected")).one()
        assert told.case_id == document.case_id
        address = f"/dokumenter/{document.public_id}"
    page = client_for("demovik").see(address)
    assert "Den er stengt" in page.text
    assert client_for("officer1").get(f"{address}/fil").status_code == 303
