"""Many hands at once: each thread has its own session, all start at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier
from typing import TypeVar

from flask import Flask

from app.db import db

T = TypeVar("T")


def race(app: Flask, hands: int, act: Callable[[int], T], *, inside: bool = True) -> list[T | Exception]:
    """Let `act(n)` run in `hands` threads at once; gives each one's result, or the error it met.

    `inside`: each hand stands within the program; a test client makes its own way in.
    """
    barrier = Barrier(hands)

    def run(number: int) -> T | Exception:
        with app.app_context() if inside else nullcontext():
            try:
                barrier.wait(30)
                return act(number)
            except Exception as error:  # the race's own answer, judged by the test
                return error
            finally:
                if inside:
                    db.session.remove()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(run, range(hands)))
