"""What is written in a PDF that may tell of no person is read, within bounds; by the house's own door for uploads."""

import io
import time
import zlib
from pathlib import Path

import pytest

from app.documents.checks import child
from app.documents.domain.files import Fault, FileType
from tests.hostile_files import PAGE, PAGES, annotated, pdf, stream

ID = b"13097248022"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

# One digit in each box of a form; and a number that stands in what the page draws, or that lies on it.
BOXES = b"BT /F1 12 Tf 50 800 Td " + b"".join(b"(%c) Tj 9 0 Td " % each for each in ID) + b"ET"
ALOUD = b"BT /F1 12 Tf /Span<</ActualText(" + ID + b")>>BDC (x) Tj EMC ET"
DRAWN = stream(b"BT /F1 9 Tf (" + ID + b") Tj ET", FORM + b"/Resources<</Font<</F1 5 0 R>>>>")
ON_FORM = PAGE[:-2] + b"/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
STAMPED = PAGE[:-2] + b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 4 0 R>>>>]>>"
# What the file says of itself as XML, and a field whose words lie elsewhere in the file.
XMP = stream(zlib.compress(b"<x><dc:title>Kurs for " + ID + b"</dc:title></x>"), b"/Type/Metadata/Filter/FlateDecode")
FIELD = b"/AcroForm<</Fields[<</FT/Tx/T(navn)%s>>]>>"
SPACED = b" ".join(b"%c" % each for each in ID)


def page(*lines: bytes, packed: bool = True) -> tuple[bytes, bytes, bytes]:
    """A page, its text line by line, and its font: objects 3 to 5."""
    drawn = b"BT /F1 12 Tf 14 TL 50 800 Td " + b" ".join(b"(%s) Tj T*" % line for line in lines) + b" ET"
    data = stream(zlib.compress(drawn), b"/Filter/FlateDecode") if packed else stream(drawn)
    return PAGE[:-2] + b"/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", data, FONT


def written(*lines: bytes) -> bytes:
    first, *rest = page(*lines)
    return pdf(b"", first, PAGES, *rest)


def judged(tmp_path: Path, data: bytes, *, counts_only: bool = True) -> child.Wrong | None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    return child.check(path, FileType.PDF, counts_only=counts_only)


@pytest.mark.parametrize(
    ("data", "fault", "number"),
    [
        (written(b"Kurs i mars", b"Deltaker " + ID), Fault.PAGE_PERSONS, 1),
        (written(b"Deltaker 130972 48022"), Fault.PAGE_PERSONS, 1),
        (written(b"Deltaker 130972", b"48022"), Fault.PAGE_PERSONS, 1),
        (written(b"Navn   F\\370dselsdato   Dato"), Fault.PAGE_PATIENTS, 1),
        (written(b"Pasientens navn: Kari Demo"), Fault.PAGE_PATIENTS, 1),
        (written(b"Pasient"), Fault.PAGE_PATIENTS, 1),
        (pdf(b"", page()[0], PAGES, stream(BOXES), FONT), Fault.PAGE_PERSONS, 1),
        (pdf(b"", ON_FORM, PAGES, stream(b"/X Do"), FONT, DRAWN), Fault.PAGE_PERSONS, 1),
        (pdf(b"", STAMPED, PAGES, DRAWN, FONT), Fault.PAGE_PERSONS, 1),
        (pdf(b"", annotated(b"/Subtype/Text/Contents(gjelder " + ID + b")")), Fault.PDF_ASIDE, 0),
        (pdf(FIELD % b"/V(%s)" % ID), Fault.PDF_ASIDE, 0),
        (pdf(FIELD % b"/V(%s)" % SPACED), Fault.PDF_ASIDE, 0),
        (pdf(FIELD % b"/V 4 0 R", PAGE, PAGES, b"(%s)" % ID), Fault.PDF_ASIDE, 0),
        (pdf(FIELD % b"/V 4 0 R", PAGE, PAGES, stream(ID)), Fault.PDF_ASIDE, 0),
        (pdf(FIELD % b"/DV(%s)" % ID), Fault.PDF_ASIDE, 0),
        (pdf(FIELD % b"/V[(a)(%s)]" % ID), Fault.PDF_ASIDE, 0),
        (pdf(b"/Metadata 4 0 R", PAGE, PAGES, XMP), Fault.PDF_ASIDE, 0),
        (pdf(b"", annotated(b"/Subtype/Text/Subj(%s)" % ID)), Fault.PDF_ASIDE, 0),
        (pdf(b"", annotated(b"/Subtype/Link/A<</S/URI/URI(https://x.no/?n=%s)>>" % ID)), Fault.PDF_ASIDE, 0),
        (pdf(b"/StructTreeRoot<</K<</S/Figure/Alt(Bilde av %s)>>>>" % ID), Fault.PDF_ASIDE, 0),
        (pdf(b"", page()[0], PAGES, stream(ALOUD), FONT), Fault.PAGE_PERSONS, 1),
    ],
)
def test_what_tells_of_a_person_is_found_where_it_stands(
    tmp_path: Path, data: bytes, fault: Fault, number: int
) -> None:
    assert judged(tmp_path, data) == child.Wrong(fault, number)
    assert judged(tmp_path, data, counts_only=False) is None, "a grant's letter may name whom it is about"


@pytest.mark.parametrize(
    "data",
    [
        written(b"Antall pasienter: 12", b"Bel\370p 12 500 kr"),
        written(b"Ingen f\\370dselsnummer eller navn er tatt med.", b"Konto 1234 56 00149"),
        pdf(b"/PieceInfo<</X<</LastModified(D:20250210090000+01'00')>>>>"),
        pdf(),
    ],
)
def test_counts_and_sentences_and_a_scan_are_taken(tmp_path: Path, data: bytes) -> None:
    assert judged(tmp_path, data) is None


def test_forms_that_draw_each_other_again_and_again_are_read_in_time(tmp_path: Path) -> None:
    nested = [stream(b"/X Do " * 12, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % (at + 1)) for at in range(4, 14)]
    last = stream(b"BT /F1 9 Tf (x) Tj ET", FORM + b"/Resources<</Font<</F1 15 0 R>>>>")
    first = PAGE[:-2] + b"/Contents 16 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
    data = pdf(b"", first, PAGES, *nested, last, FONT, stream(b"/X Do"))
    began = time.monotonic()
    assert judged(tmp_path, data) is None, "each form is read once"
    assert time.monotonic() - began < child.SECONDS + 15


def test_more_pages_than_are_read_is_told(tmp_path: Path) -> None:
    kids = b" ".join([b"3 0 R"] * 201)
    assert judged(tmp_path, pdf(b"", PAGE, b"<</Type/Pages/Kids[" + kids + b"]/Count 201>>")) == child.Wrong(
        Fault.TOO_MUCH
    )


@pytest.mark.parametrize("key", ["/Title", "/Fodselsnummer"])
def test_what_the_file_says_of_itself_is_read(tmp_path: Path, key: str) -> None:
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    writer.add_metadata({key: f"Kurs for {ID.decode()}"})
    writer.write(out)
    assert judged(tmp_path, out.getvalue()) == child.Wrong(Fault.PDF_ASIDE)
