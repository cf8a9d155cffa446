"""What a part of a spreadsheet is: told by its content type, its relations and its root element, never by its name.

Programs find a part by the relation that points at it, so a part called `c.xml` may be a database's connection. Only
the kinds known here are taken (ECMA-376 part 1, §12 and §15, and [MS-XLSX] 2.1).
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.documents.checks.links import leads_elsewhere
from app.documents.domain.files import Fault

_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# The last word of a kind, in a relation or a content type, that tells more than «other files inside».
_TOLD = (
    (re.compile("macro|vba|activex|control$|customui|ui/extensibility", re.IGNORECASE), Fault.MACRO),
    (
        re.compile(
            "externallink|connections|querytable|webextension|webimage|volatiledep|attachedtemplate", re.IGNORECASE
        ),
        Fault.LINKS,
    ),
)
_RELATIONS = re.compile(
    r"""officeDocument | (?:core|extended|custom)-?properties | (?:metadata/)?thumbnail | customXml(?:Props)?
      | digital-signature | worksheet | chartsheet | sharedStrings | styles | theme | themeOverride | calcChain
      | sheetMetadata | metadata | comments | threadedComment | person | table | tableSingleCells | xmlMaps
      | pivotTable | pivotCache(?:Definition|Records) | drawing | vmlDrawing | legacyDrawing(?:HF)? | image | hdphoto
      | svg | hyperlink | printerSettings | customProperty | ctrlProp | chart | chartEx | chartUserShapes | chartStyle
      | chartColorStyle | diagram(?:Data|Layout|QuickStyle|Style|Colors|Drawing) | slicer | slicerCache | timeline
      | timelineCache | namedSheetView | classificationlabels | FeaturePropertyBag | revisionHeaders | revisionLog
      | usernames | rdRichValue(?:Structure|Types)? | rdSupportingPropertyBag(?:Structure)? | rdArray | richStyles
      | origin | signature | certificate""",
    re.IGNORECASE | re.VERBOSE,
)
_TYPES = re.compile(
    r"""application/(?:xml | octet-stream | x-emf | x-wmf | x-msmetafile) | text/xml | image/[\w.+-]+
      | application/vnd\.openxmlformats-package\.(?:relationships | core-properties
          | digital-signature-[\w-]+)(?:\+xml)?
      | application/vnd\.openxmlformats-officedocument\.(?:
            (?:extended-properties | custom-properties | customXmlProperties | theme | themeOverride | drawing
              | vmlDrawing)(?:\+xml)?
          | drawingml\.[\w.]+\+xml
          | spreadsheetml\.(?:sheet\.main | worksheet | chartsheet | sharedStrings | styles | comments | calcChain
              | table | tableSingleCells | pivotTable | pivotCacheDefinition | pivotCacheRecords | sheetMetadata
              | revisionHeaders | revisionLog | userNames | printerSettings | customProperty)(?:\+xml)?)
      | application/vnd\.ms-office\.(?:chartstyle | chartcolorstyle | chartex | drawingml\.diagramDrawing
          | classificationlabels)\+xml
      | application/vnd\.ms-excel\.(?:slicer | slicerCache | timeline | timelineCache | threadedcomments | person
          | namedsheetviews | controlproperties | featurepropertybag | rdrichvalue | rdrichvaluestructure
          | rdrichvaluetypes | rdarray | richstyles | rdsupportingpropertybag
          | rdsupportingpropertybagstructure)\+xml""",
    re.IGNORECASE | re.VERBOSE,
)
# Roots of the parts with words alone: a program that takes such a part for a sheet finds no sheet in it.
_WORDS = frozenset({"sst", "comments", "ThreadedComments", "personList", "theme", "styleSheet"})
# Roots of parts that reach out, by whatever way a program is led to them.
_REACHING = {
    "connections": Fault.LINKS,
    "externalLink": Fault.LINKS,
    "queryTable": Fault.LINKS,
    "volTypes": Fault.LINKS,
    "macrosheet": Fault.MACRO,
    "dialogsheet": Fault.MACRO,
    "ocx": Fault.MACRO,
}
# Where what is told of the file lies; there any other language of XML than these is words.
_ABOUT = re.compile(r"(?:docProps|docMetadata|customXml|_xmlsignatures)/.*", re.IGNORECASE)
_SPREADSHEET = re.compile(
    "spreadsheetml|drawingml|markup-compatibility|office/excel|schemas-microsoft-com", re.IGNORECASE
)
# Read as XML by its ending: another file may not say it is XML, or nobody would have read it.
_READ = (".xml", ".rels", ".vml")


def types(root: Element) -> Fault | None:
    """What the list of content types says that is not a plain spreadsheet's."""
    said = [(e.get("PartName") or "." + e.get("Extension", ""), e.get("ContentType", "").strip()) for e in root]
    for _name, kind in said:
        if not _TYPES.fullmatch(kind) and (found := _told(kind)):
            return found
    if _BOOK not in (kind for _name, kind in said):
        return Fault.NOT_XLSX
    if any(kind.lower().endswith("xml") and not _is_read(name) for name, kind in said):
        return Fault.BROKEN
    return None if all(_TYPES.fullmatch(kind) for _name, kind in _in_use(said)) else Fault.OBJECTS


def _in_use(said: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Types of parts; some programs list endings, such as «txt», that no part has: those are judged where parts are."""
    return ((name, kind) for name, kind in said if not name.startswith(".") or kind.lower().endswith("xml"))


def _is_read(name: str) -> bool:
    return name.casefold().endswith(_READ)


def _told(kind: str) -> Fault | None:
    return next((fault for words, fault in _TOLD if words.search(kind)), None)


def relations(root: Element) -> Fault | None:
    """A hyperlink to a page is followed by a person; every other thing outside the package the program fetches."""
    for element in root:
        kind = element.get("Type", "").strip()
        last = kind.rstrip("/").rsplit("/", 1)[-1]
        if not _RELATIONS.fullmatch(last):
            return _told(kind) or (Fault.LINKS if element.get("TargetMode") == "External" else Fault.OBJECTS)
        outside = element.get("TargetMode", "") == "External"
        if outside and (last != "hyperlink" or leads_elsewhere(element.get("Target", ""))):
            return Fault.LINKS
    return None


def reaching(root: Element) -> Fault | None:
    """Why a part of this kind is refused, whatever it is called."""
    return _REACHING.get(root.tag.rpartition("}")[2])


def is_words(root: Element, name: str) -> bool:
    """Whether it has no formulas: the texts of cells, what people say of them, and what is told of the file."""
    language, _, kind = root.tag.rpartition("}")
    return kind in _WORDS or bool(_ABOUT.fullmatch(name) and not _SPREADSHEET.search(language))
