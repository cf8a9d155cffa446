"""A quick reader of pages so plain that no rule of HTML is in doubt; anything unusual is left to html5lib.

html5lib reads as the standard says and names every fault, and takes 30 ms for a worklist. Nearly all pages need none of
its judgement: each tag is closed where it was opened, and stands where it may. `read` gives the same tree for those in
a tenth of the time, and None at the first thing it does not know. `test_plain_page` holds the two against each other.
"""

import re
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder

from html5lib.constants import adjustSVGAttributes

OPENING = re.compile(r"<!doctype html>[ \n]*(?=<html[ >])", re.IGNORECASE)
PART = re.compile(
    r'([^<]*)(?:<([a-z][a-z0-9]*)((?:[ \n]+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"]*")?)*)[ \n]*(/?)>|</([a-z][a-z0-9]*)>|\Z)'
)
ATTRIBUTE = re.compile(r'([a-zA-Z0-9-]+)(?:="([^"]*)")?')
# A reference of another name may be none, and a sign that cannot be printed may stand in no page.
DOUBTFUL = re.compile(
    "&(?!(?:amp|lt|gt|quot|nbsp|#34|#39);)|<!--|"
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]"
)
BLANK = " \t\n"

HEAD = frozenset({"title", "meta", "link", "script"})
VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})
WORDS_ONLY = frozenset({"title", "textarea", "option", "script"})
INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "br",
        "button",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "kbd",
        "label",
        "mark",
        "output",
        "q",
        "s",
        "samp",
        "script",
        "select",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "svg",
        "textarea",
        "time",
        "u",
        "var",
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# These end a paragraph that is still open, without a word.
BLOCK = HEADINGS | frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "legend",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    }
)
SHAPES = frozenset({"svg", "title", "path", "circle", "rect", "line", "polyline", "polygon", "g"})
# Among shapes some attributes have a capital inside, and are mended when they are written without.
SHAPES_OWN = frozenset({"viewBox", "preserveAspectRatio"})
SHAPES_MENDED = frozenset(adjustSVGAttributes)
# Those that may stand in nothing else.
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"thead", "tbody", "tfoot"},
    "th": {"tr"},
    "td": {"tr"},
    "optgroup": {"select"},
    "option": {"select", "optgroup"},
}
# In these nobody else stands between, and no words.
CHOOSY = frozenset({"table", "thead", "tbody", "tfoot", "tr", "select", "optgroup"})
NOT_IN_ITSELF = frozenset({"a", "button", "form"})


class _UnusualError(Exception):
    """Something that html5lib must judge."""


def read(body: str) -> Element | None:
    """The page as html5lib reads it, when it has nothing to remark upon; None when that cannot be told."""
    opening = OPENING.match(body)
    if opening is None or DOUBTFUL.search(body):
        return None
    try:
        return _Reader().page(body, opening.end())
    except _UnusualError:
        return None


class _Reader:
    """The tree so far, and the tags that are open from html inwards."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.shapes = 0

    def page(self, body: str, at: int) -> Element:
        before = ""
        while at < len(body):
            part = PART.match(body, at)
            if part is None:
                raise _UnusualError
            text, name, attributes, slash, closed = part.groups()
            if text:
                self.say(text, before)
            if name:
                self.begin(name, attributes, alone=bool(slash))
            elif closed:
                self.finish(closed)
            before, at = name or "", part.end()
        if self.seen != ["html", "head", "body", "/body", "/html"]:
            raise _UnusualError
        self.tree.end("body")
        self.tree.end("html")
        root: Element = self.tree.close()
        return root

    def say(self, text: str, after: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside in CHOOSY or inside in {"", "html", "head"}:
            if text.strip(BLANK):
                raise _UnusualError
            if self.seen == ["html"]:
                return  # blanks before the head are nobody's
        if inside == "script":
            raise _UnusualError
        if after in {"textarea", "pre"}:
            text = text.removeprefix("\n")
        self.tree.data(unescape(text) if "&" in text else text)

    def begin(self, name: str, attributes: str, *, alone: bool) -> None:
        inside = self.open[-1] if self.open else ""
        if not self.may_stand(name, inside) or (alone and not self.shapes and name not in VOID):
            raise _UnusualError
        self.shapes += name == "svg"
        if name in {"html", "head", "body"}:
            self.seen.append(name)
        tag = "{http://www.w3.org/2000/svg}" + name if self.shapes else name
        self.tree.start(tag, dict(_read_attributes(attributes, among_shapes=self.shapes > 0)) if attributes else {})
        if alone or (name in VOID and not self.shapes):
            self.tree.end(tag)
            self.shapes -= name == "svg"
        else:
            self.open.append(name)

    def may_stand(self, name: str, inside: str) -> bool:
        if self.shapes:
            return name in SHAPES - {"svg"} and inside != "title"
        if name in {"html", "head", "body"}:
            return self.seen == {"html": [], "head": ["html"], "body": ["html", "head"]}[name] and inside != "head"
        if inside in {"", "html"} or inside in WORDS_ONLY:
            return False
        if inside == "head":
            return name in HEAD
        if name in PARENTS:
            return inside in PARENTS[name] and (inside != "div" or self.open[-2] == "dl")
        if inside in CHOOSY or (name in NOT_IN_ITSELF and name in self.open):
            return False
        if name in BLOCK:
            return "p" not in self.open and not (name in HEADINGS and inside in HEADINGS)
        return name in INLINE

    def finish(self, name: str) -> None:
        if not self.open or self.open.pop() != name:
            raise _UnusualError
        if name in {"body", "html"}:
            self.seen.append(f"/{name}")
            return  # what blanks follow them are the body's
        self.tree.end("{http://www.w3.org/2000/svg}" + name if self.shapes else name)
        self.shapes -= name == "svg"


@lru_cache(maxsize=20_000)  # most pages have most of theirs in common
def _read_attributes(attributes: str, *, among_shapes: bool) -> dict[str, str]:
    pairs = ATTRIBUTE.findall(attributes)
    found = {name: unescape(value) if "&" in value else value for name, value in pairs}
    odd = {name for name in found if not name.islower()}
    if among_shapes:
        odd = (odd - SHAPES_OWN) | (found.keys() & SHAPES_MENDED)
    if odd or len(found) < len(pairs):
        raise _UnusualError
    return found
