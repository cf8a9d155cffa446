"""A line of the log that cannot be written stops nobody; the next that can be tells how many were lost."""

import logging
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import TextIO

import pytest
import structlog

from app import log


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost yet."""
    monkeypatch.setattr(log, "_lost", 0)
    monkeypatch.setattr(log, "_asleep", set())
    log.install()


def only(monkeypatch: pytest.MonkeyPatch, stream: TextIO | None) -> None:
    """Nobody hears what does not come through here."""
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", None)


def pipe(monkeypatch: pytest.MonkeyPatch, encoding: str = "utf-8") -> tuple[int, TextIOWrapper]:
    """Its reading end; standard output is the other."""
    reading, writing = os.pipe()
    stream = os.fdopen(writing, "w", encoding=encoding)
    only(monkeypatch, stream)
    return reading, stream


def test_what_is_told_is_utf_8_in_any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, stream = pipe(monkeypatch, "ascii")
    structlog.get_logger().info("Tromsø", path="/ø", odd="\udcff")
    log.speak_utf8()
    print("Bodø \udcff", flush=True)
    told = os.read(reading, 4096).decode().splitlines()
    assert '"path": "/ø"' in told[0] and "\\udcff" in told[0]
    assert told[1] == "Bodø \\udcff"
    stream.close()
    os.close(reading)


def test_nobody_reads_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, stream = pipe(monkeypatch)
    os.close(reading)
    for _ in range(3):
        structlog.get_logger().error("error", exc_info=ValueError("x" * 10_000))
    assert log._lost == 3
    stream.close()
    structlog.get_logger().info("closed")
    only(monkeypatch, None)
    structlog.get_logger().info("never opened")
    assert log._lost == 5


def test_a_full_disk_is_told_of_when_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        only(monkeypatch, full)
        log.say("1")
        log.say("2")
    reading, stream = pipe(monkeypatch)
    log.say("3")
    log.say("4")
    assert os.read(reading, 4096) == b'\n{"event": "lines of the log were lost", "count": 2}\n3\n4\n'
    stream.close()
    os.close(reading)


def test_a_reader_who_sleeps_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, stream = pipe(monkeypatch)
    began, told = monotonic(), 0
    while not log._lost:
        log.say("x" * 9000)
        told += 1
    for _ in range(100):
        log.say("y" * 9000)
    assert monotonic() - began < 2 * log.PATIENCE
    came = b""
    while len(came) < (told - 1) * 9001:
        came += os.read(reading, 1 << 20)
    log.say("awake")
    assert b'"count": 101}\nawake\n' in os.read(reading, 1 << 20)
    stream.close()
    os.close(reading)


def test_what_nobody_takes_on_standard_output_is_said_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, stream = pipe(monkeypatch)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(sys, "stdout", None)
    log.say("one")
    logging.lastResort.handle(logging.makeLogRecord({"msg": "two", "levelno": logging.ERROR}))  # type: ignore[union-attr]
    assert os.read(reading, 4096) == b"one\ntwo\n"
    stream.close()
    os.close(reading)
