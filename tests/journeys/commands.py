"""`tilsagn` commands, each in a process of its own that need not read the program first: one has read it, and forks.

Reading the program is most of what a short command takes. The child has the environment it is told, its own standard
output and error, and ends as the real one ends: with the code of `app.commands.main()`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from tests.architecture.source import ROOT


class Commands:
    """The process that has read the program."""

    def __init__(self) -> None:
        self.folder = TemporaryDirectory()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.commands"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, words: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """One command from beginning to end."""
        assert self.process.stdin is not None and self.process.stdout is not None
        files = {name: f"{self.folder.name}/{name}" for name in ("stdout", "stderr")}
        self.process.stdin.write(json.dumps([words, dict(environment), files]) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        said = {name: Path(file).read_text("utf-8") for name, file in files.items()}
        return subprocess.CompletedProcess(words, code, **said)

    def end(self) -> None:
        """Nothing more is asked."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()
        self.folder.cleanup()


def _serve() -> None:
    import app.commands  # noqa: F401 - read once, for all the children

    for line in sys.stdin:
        words, environment, files = json.loads(line)
        child = os.fork()
        if child == 0:
            _be(words, environment, files)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _be(words: list[str], environment: Mapping[str, str], files: Mapping[str, str]) -> NoReturn:
    """From here on this process is `tilsagn` with these words."""
    from app.commands import main

    for number, file in enumerate((os.devnull, files["stdout"], files["stderr"])):
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["tilsagn", *words]
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = _told(ended)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _told(ended: SystemExit) -> int:
    """As Python itself ends: a text is said, and counts as 1."""
    if ended.code is None or isinstance(ended.code, int):
        return ended.code or 0
    print(ended.code, file=sys.stderr)
    return 1


if __name__ == "__main__":
    _serve()
