"""Every page of every role's menu: few statements, and no slower with a hundred times the cases."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from tests.bench.measure import Timed, ask, median_of, spread
from tests.bench.places import Place, counted, session_of

ACCOUNTS = (
    "officer1",
    "lead",
    "decider",
    "finance1",
    "archivist",
    "auditor",
    "admin",
    "demovik",
    "gp1",
    "area-nordland",
)
STATEMENTS = 8
GROWTH = 1.3
# Of so many short runs the median counts: what happens once in a hundred pages (garbage, a checkpoint) is no growth.
RUNS, TIMES, WARM = 5, 2, 3
_NAV = re.compile(r'<nav class="t-nav".*?</nav>|<details class="t-own".*?</details>', re.S)
_HREF = re.compile(r'href="([^"#]+)"')


@dataclass
class Page:
    """One page as one account sees it, at each size."""

    account: str
    path: str
    calls: list[Callable[[], object]]
    statements: list[int]
    timed: list[Timed] = field(default_factory=list)

    def round(self) -> None:
        """The sizes turn about, so that what disturbs the machine disturbs both."""
        runs = [Timed() for _ in self.calls]
        for _ in range(RUNS):
            for call, timed in zip(self.calls, runs, strict=True):
                timed.run(call, TIMES)
        for timed, of_round in zip(self.timed, runs, strict=True):
            timed.cpu.append(median_of(of_round.cpu))
            timed.wall.append(median_of(of_round.wall))

    def growth(self, kind: str) -> list[float]:
        """The largest ÷ the smallest, by round."""
        small, large = (getattr(self.timed[at], kind) for at in (0, -1))
        return [b / a for a, b in zip(small, large, strict=True)]


def pages_of(places: Sequence[Place]) -> list[Page]:
    """What stands in the menus, each page once an account that reaches it differently from the ones before."""
    made = []
    for account in ACCOUNTS:
        cookies = [session_of(place.ours, account)[0] for place in places]
        for path in _menu(places[0], cookies[0]):
            calls, sent = [], []
            for place, cookie in zip(places, cookies, strict=True):
                with counted(place.ours) as statements:
                    answer = ask(place.ours, path, cookie)
                assert answer.status == 200, f"{account}: {path} answered {answer.status}"
                sent.append(len(statements))
                calls.append(_asking(place, path, cookie))
            made.append(Page(account, path, calls, sent, [Timed() for _ in places]))
    for page in made:
        for call in page.calls:
            for _ in range(WARM):
                call()
    return made


def _menu(place: Place, cookie: str) -> Iterator[str]:
    home = ask(place.ours, "/", cookie)
    start = ask(place.ours, dict(home.headers)["Location"], cookie)
    found = "".join(_NAV.findall(start.text))
    yield from dict.fromkeys(unescape(href) for href in _HREF.findall(found))


def _asking(place: Place, path: str, cookie: str) -> Callable[[], object]:
    return lambda: ask(place.ours, path, cookie)


def shown(pages: Sequence[Page], kind: str) -> str:
    """One line a page."""
    lines = [f"\nevery page of every menu: statements (most {STATEMENTS}), ms of {kind}, growth (most {GROWTH})"]
    for page in pages:
        ms = " → ".join(f"{median_of(getattr(each, kind)) / 1000:.1f}" for each in page.timed)
        lines.append(f"{page.account:<14}{page.path:<28}{max(page.statements):>3}  {ms:<16}{spread(page.growth(kind))}")
    return "\n".join(lines)


def faults_of(pages: Sequence[Page], kind: str) -> list[str]:
    """Pages that ask too often or grow with the register."""
    faults = []
    for page in pages:
        told = f"{page.account} {page.path}"
        if max(page.statements) > STATEMENTS:
            faults.append(f"{told}: {max(page.statements)} statements, most {STATEMENTS}")
        if len(page.timed) > 1 and median_of(page.growth(kind)) > GROWTH:
            faults.append(f"{told}: grows {median_of(page.growth(kind)):.2f}×, most {GROWTH}")
    return faults
