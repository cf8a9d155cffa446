"""Reads one file in a process of its own, with a bound on time and memory.

A file made to hurt makes any parser use all there is, for ever. A thread cannot be stopped and shares the web process's
memory; a process can be killed, and its limits are the kernel's own. So the parsers never run in ours.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.documents.domain.files import Fault, FileType

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 20
MEMORY_BYTES = 768 * 1024 * 1024


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a file, and in which row or on which page where it is in one (0: none)."""

    fault: Fault
    row: int = 0


def check(path: Path, kind: FileType, *, counts_only: bool = False) -> Wrong | None:
    """What is wrong with this file, or None; TOO_HARD when reading it took more than it may.

    `counts_only`: it may hold no national identity number, and nothing that tells of each patient.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.documents.checks", kind.value, str(path), *(["counts"] if counts_only else [])],
            cwd=ROOT,
            # Nothing of ours goes along: no secret, no address of a database.
            env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Wrong(Fault.TOO_HARD)
    said, _, row = done.stdout.decode("ascii", "replace").strip().partition(" ")
    if done.returncode == 0 and said == "fine":
        return None
    known = done.returncode == 0 and said in set(Fault)
    return Wrong(Fault(said), int(row or 0)) if known else Wrong(Fault.TOO_HARD)
