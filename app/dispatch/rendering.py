"""From a letter's stored blocks to its bytes, many at once in processes that know nothing but letters.

This file imports only `letters`: a spawned child loads it, and must not load the database with it.
"""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

import letters

# A child takes a third of a second to start and a letter six milliseconds: so few are quicker made here.
IN_PROCESS_BELOW = 80
MOST_PROCESSES = 4


@dataclass(frozen=True)
class Rendered:
    """A letter as PDF, or why it could not be made."""

    data: bytes
    fault: str = ""


def render(blocks: str) -> Rendered:
    """One letter from its blocks as JSON. Faults come back as words: not every exception survives the way home."""
    try:
        return Rendered(letters.print_letter(letters.kept(blocks)))
    except ValueError as fault:
        return Rendered(b"", f"{type(fault).__name__}: {fault}")


def render_all(blocks: Sequence[str], in_process_below: int = IN_PROCESS_BELOW) -> Iterator[Rendered]:
    """Every letter, in order."""
    if len(blocks) < in_process_below:
        yield from map(render, blocks)
        return
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(MOST_PROCESSES, os.cpu_count() or 1), mp_context=spawned) as pool:
        with _no_main():
            waiting: list[Future[Rendered]] = [pool.submit(render, each) for each in blocks]
        for each in waiting:
            yield each.result()


@contextmanager
def _no_main() -> Iterator[None]:
    """A spawned child loads the parent's main module, here the whole program: let it find an empty one."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
