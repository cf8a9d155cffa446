"""What makes the file an archive file: metadata, colour profile, language (PDF/A-2: ISO 19005-2, UA: ISO 14289-1).

The few places where reportlab must be helped stand here and in `pdf.py`, each on one document object and never on
reportlab's own classes. `tests/pdf` fails if an upgrade changes what they rest on.
"""

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from letters.sheet import srgb

PRODUCER = "ReportLab 5"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself. `dated` is an ISO date; the file's times are noon UTC of that day."""

    title: str
    author: str
    subject: str
    language: str
    dated: str


class _LengthKept(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """Stream bytes followed by a line end that is not counted in /Length."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __len__(self) -> int:
        return len(self.data)

    def format(self, document: Any) -> bytes:
        return self.data + b"\n"


class LineEndAfterStreams(pdfdoc.NoEncryption):  # type: ignore[misc]  # reportlab has no types
    """ISO 19005-2, 6.1.7.1: a line end must stand before `endstream`; reportlab writes none.

    reportlab passes every stream's bytes through its document's encryption, also when there is none: that is where
    this one document's streams get their line end.
    """

    def encode(self, data: Any) -> Any:
        """The stream's bytes, with a line end to come after them."""
        return _LengthKept(data.encode("latin-1") if isinstance(data, str) else data)


# PDF/A knows no property "pdfuaid:part" unless the file itself describes it (ISO 19005-2, 6.6.2.3).
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{dated}T12:00:00+00:00</xmp:CreateDate>
<xmp:ModifyDate>{dated}T12:00:00+00:00</xmp:ModifyDate>
<xmp:CreatorTool>{author}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def describe(document: Any, about: About) -> None:
    """Write title, author, dates and language into the document, in Info and XMP alike (they must agree)."""
    info = document.info
    info.title, info.author, info.subject = about.title, about.author, about.subject
    info.creator, info.producer, info.keywords = about.author, PRODUCER, ""
    year, month, day = map(int, about.dated.split("-"))
    document._timeStamp.YMDhms = (year, month, day, 12, 0, 0)
    words = {
        "title": about.title,
        "author": about.author,
        "subject": about.subject,
        "language": about.language,
        "producer": PRODUCER,
        "dated": about.dated,
    }
    xmp = _XMP.format(**{name: escape(value) for name, value in words.items()}).encode()
    kind = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")})
    document.Catalog.Metadata = pdfdoc.PDFStream(kind, xmp, filters=[])


def colour_profile(document: Any) -> None:
    """Say what the file's red, green and blue mean: sRGB (ISO 19005-2, 6.2.4.2)."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb.profile(), filters=[pdfdoc.PDFZCompress])
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(stream),
        }
    )
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdfdoc.PDFArray([intent])
