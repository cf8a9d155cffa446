"""What every page keeps, checked on each HTML answer a test fetches.

Own words of people are exempt from the language and money rules: mark their element with `data-own-words`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from xml.etree.ElementTree import Element

import html5lib

from app.translations import catalogue
from tests import plain_page

UNSEEN = {"script", "style", "template", "head"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
PLAIN_SPACE_IN_MONEY = re.compile(r"\d[ \t\n]+(?:\d{3}\b.*)?kr\b|\d[ \t]\d{3}\s?kr\b")
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}")


class PageFault(AssertionError):
    """A page breaks the contract; the text says each fault."""


def check_page(body: str, *, fragment: bool = False) -> Element:
    """Parse the page and check it. Raises PageFault with every fault; `fragment` is the answer to an htmx request."""
    faults: list[str] = []
    root = None if fragment else plain_page.read(body)
    if root is None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parseFragment(body) if fragment else parser.parse(body)
        faults += [f"line {at[0]}: {code} {facts}" for at, code, facts in parser.errors]
    if not fragment:
        faults += _frame(root)
    faults += [
        *_labels(root),
        *_inline(root),
        *_tokens(root),
        *_alone(root),
        *_ids(root),
        *_summary(root),
        *_words(root),
    ]
    if faults:
        raise PageFault("\n".join(faults))
    return root


def words_of(element: Element) -> str:
    """The text people read, with spaces made one."""
    return " ".join("".join(text for text, _ in _texts(element)).split())


def _frame(root: Element) -> Iterator[str]:
    if root.get("lang") not in {"nb", "nn", "en"}:
        yield f"<html lang={root.get('lang')!r}>"
    headings = root.findall(".//h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 on the page"
        return
    title, heading = root.findtext("head/title") or "", words_of(headings[0])
    if not heading or heading not in " ".join(title.split()):
        yield f"the title {title!r} does not repeat the h1 {heading!r}"


def _labels(root: Element) -> Iterator[str]:
    named = {label.get("for") for label in root.iter("label") if words_of(label)}
    wrapped = {id(field) for label in root.iter("label") for field in label.iter() if words_of(label)}
    for field in root.iter():
        if field.tag not in {"input", "select", "textarea"} or field.get("type") in UNLABELLED:
            continue
        known = field.get("aria-label") or field.get("aria-labelledby") or id(field) in wrapped
        if not known and (field.get("id") is None or field.get("id") not in named):
            yield f"no label on <{field.tag} name={field.get('name')!r}>"


def _inline(root: Element) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        bare_script = element.tag == "script" and not element.get("src")
        if element.tag == "style" or (bare_script and element.get("type") != "application/json"):
            yield f"inline <{element.tag}>"
        for name in element.attrib:
            if name == "style" or (name.startswith("on") and not element.tag.startswith("svg")):
                yield f"inline {name}= on <{element.tag}>"


def _tokens(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        tokens = [field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token"]
        if not any(tokens):
            yield f"no csrf_token in the form to {form.get('action')!r}"


def _alone(root: Element) -> Iterator[str]:
    """What stands first of a name is what we read: an empty hidden field would hide the one after it."""
    for form in root.iter("form"):
        named = [each for each in form.iter() if each.tag in {"input", "button"} and each.get("name")]
        for at, field in enumerate(named):
            empty = field.get("type") == "hidden" and not field.get("value")
            if empty and any(other.get("name") == field.get("name") for other in named[at + 1 :]):
                yield f"an empty hidden {field.get('name')!r} stands before another"


def _ids(root: Element) -> Iterator[str]:
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name is not None and name in seen:
            yield f"id {name!r} twice"
        if name is not None:
            seen.add(name)


def _summary(root: Element) -> Iterator[str]:
    """What is wrong is told in the order of the page, each fault apart from the others."""
    places = {each.get("id"): nr for nr, each in enumerate(root.iter()) if each.get("id")}
    for summary in root.iter("div"):
        if summary.get("id") != "error-summary":
            continue
        links = [(words_of(a), (a.get("href") or "")[1:]) for a in summary.iter("a")]
        yield from (f"the summary leads to #{to}, which is not there" for _, to in links if to not in places)
        found = [places[to] for _, to in links if to in places]
        if found != sorted(found):
            yield f"the summary is not in the order of the page: {[to for _, to in links]}"
        said = [words for words, _ in links]
        yield from {f"the summary says {words!r} twice" for words in said if said.count(words) > 1}


def _words(root: Element) -> Iterator[str]:
    for text, spoken in _texts(root, root.get("lang") or ""):
        yield from _broken(text, spoken == "nn")


def _texts(element: Element, lang: str = "") -> list[tuple[str, str]]:
    """Each text below the element with the language it is marked with; own words of people left out."""
    found: list[tuple[str, str]] = []
    _gather(element, lang, found)
    return found


def _gather(element: Element, lang: str, found: list[tuple[str, str]]) -> None:
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return
    if element.tag == "textarea" or element.get("data-own-words") is not None:
        return
    lang = element.get("lang") or lang
    if element.text:
        found.append((element.text, lang))
    for child in element:
        _gather(child, lang, found)
        if child.tail:
            found.append((child.tail, lang))


@lru_cache(maxsize=50_000)  # the frame's words stand on every page
def _broken(text: str, nynorsk: bool) -> tuple[str, ...]:
    found = [f"money without no-break spaces: {text.strip()!r}"] if PLAIN_SPACE_IN_MONEY.search(text) else []
    if nynorsk and (bokmal := _bokmal(" ".join(text.split()))):
        found.append(f"bokmål on a nynorsk page: {bokmal!r}")
    return tuple(found)


def _bokmal(text: str) -> str | None:
    exact, patterns = _differing()
    if text in exact:
        return text
    return next((text for pattern in patterns if pattern.fullmatch(text)), None)


@cache
def _differing() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Bokmål texts whose nynorsk is another: the whole ones, and those with places for facts."""
    nynorsk, _clashes = catalogue.translations()
    translated = {str(m.string) for m in nynorsk if isinstance(m.string, str)}
    pairs = [(m.id, m.string) for m in nynorsk if m.id and isinstance(m.id, str) and m.id != m.string]
    keys = {key for key, _ in pairs if key not in translated}
    templates = {key for key in keys if PLACE.search(key)}
    return frozenset(keys - templates), tuple(_pattern(key) for key in templates if _has_words(key))


def _has_words(key: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", PLACE.sub("", key))) >= 2  # one word may be the same


def _pattern(key: str) -> re.Pattern[str]:
    parts, end = [], 0
    for place in PLACE.finditer(key):
        parts += [re.escape(key[end : place.start()].replace("%%", "%")), ".+?"]
        end = place.end()
    return re.compile("".join([*parts, re.escape(key[end:].replace("%%", "%"))]))
