"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): what each mark on the paper is, in reading order.

reportlab knows where these objects hang but makes none of them.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from reportlab.pdfbase import pdfdoc


class Artifact(Enum):
    """What is on the paper but not in the letter: a reader's machine passes over it."""

    HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
    FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
    REPEATED = "/Artifact <</Type /Pagination>> BDC"
    LINE = "/Artifact <</Type /Layout>> BDC"


@dataclass(eq=False, slots=True)
class Tag:
    """One element. Its kids stand in reading order.

    Blocks take their place as they are laid out (`child`). A link inside a paragraph waits until it is drawn (`place`),
    so that it comes between the words before and after it.
    """

    name: str
    parent: "Tag | None" = None
    attributes: str = ""
    kids: list["Tag | Mark | LinkMark"] = field(default_factory=list)
    placed: bool = False
    number: int = 0

    def child(self, name: str, attributes: str = "") -> "Tag":
        """A new element after the kids this one has."""
        tag = Tag(name, self, attributes)
        tag.place()
        return tag

    def place(self) -> None:
        """Hang the element, and those above it, into the tree. Safe to call again."""
        if not self.placed:
            self.placed = True
            if self.parent is not None:
                self.parent.place()
                self.parent.kids.append(self)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page's content, by the number it carries there (MCID)."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class LinkMark:
    """A link annotation that belongs to an element (OBJR), by its object number."""

    page: int
    object_number: int


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object whose bytes we write ourselves."""

    def __init__(self, body: str = "") -> None:
        self.body = body

    def format(self, document: Any) -> bytes:
        """The bytes, for reportlab's writer."""
        return self.body.encode("ascii")


def text_string(words: str) -> str:
    """Words as a PDF text string in hexadecimal UTF-16: no sign needs escaping."""
    return "<" + ("\ufeff" + words).encode("utf-16-be").hex().upper() + ">"


def add(document: Any, item: Any) -> int:
    """Give an object to the document; returns its object number."""
    reference = document.Reference(item)
    number: int = document.idToObjectNumberAndVersion[reference.name][0]
    return number


def _kid(kid: "Tag | Mark | LinkMark", home: int, pages: list[int]) -> str:
    if isinstance(kid, Tag):
        return f"{kid.number} 0 R"
    if isinstance(kid, LinkMark):
        return f"<</Type /OBJR /Pg {pages[kid.page]} 0 R /Obj {kid.object_number} 0 R>>"
    if kid.page == home:
        return str(kid.mcid)
    return f"<</Type /MCR /Pg {pages[kid.page]} 0 R /MCID {kid.mcid}>>"


def _body(tag: Tag, parent: int, pages: list[int]) -> str:
    home = next((kid.page for kid in tag.kids if not isinstance(kid, Tag)), -1)
    kids = " ".join(_kid(kid, home, pages) for kid in tag.kids)
    page = f" /Pg {pages[home]} 0 R" if home >= 0 else ""
    return f"<</Type /StructElem /S /{tag.name} /P {parent} 0 R{page}{tag.attributes} /K [{kids}]>>"


def _in_order(tag: Tag) -> list[Tag]:
    found = [tag]
    for kid in tag.kids:
        if isinstance(kid, Tag):
            found += _in_order(kid)
    return found


def write_tree(document: Any, root: Tag, pages: list[int], marked: list[list[Tag]], links: list[Tag]) -> Raw:
    """Write the tree and its way back from marks to elements (parent tree). Returns the tree's root object.

    `pages` are the pages' object numbers, `marked[page][mcid]` the element of each mark, `links` the elements of the
    link annotations, whose /StructParent keys follow the pages' keys.
    """
    top = Raw()
    top_number = add(document, top)
    bodies = []
    for tag in _in_order(root):
        raw = Raw()
        tag.number = add(document, raw)
        bodies.append((raw, tag))
    for raw, tag in bodies:
        raw.body = _body(tag, tag.parent.number if tag.parent else top_number, pages)
    entries = [f"{page} [" + " ".join(f"{tag.number} 0 R" for tag in tags) + "]" for page, tags in enumerate(marked)]
    entries += [f"{len(marked) + place} {tag.number} 0 R" for place, tag in enumerate(links)]
    parents = add(document, Raw("<</Nums [" + "\n".join(entries) + "]>>"))
    top.body = (
        f"<</Type /StructTreeRoot /K [{root.number} 0 R] /ParentTree {parents} 0 R "
        f"/ParentTreeNextKey {len(marked) + len(links)}>>"
    )
    return top
