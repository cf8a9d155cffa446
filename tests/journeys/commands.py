"""`tilsagn` commands, each in a process of its own that need not read the program first: one has read it, and forks.

Reading the program is most of what a short command takes. The child has the environment it is told, its own standard
output and error, and ends as the real one ends: with the code of `app.commands.main()`. One that goes on until it is
asked to end, `start`, is begun and then waited for.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from sqlalchemy.orm import configure_mappers

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
        files = {name: Path(self.folder.name, name) for name in ("stdout", "stderr")}
        for each in files.values():
            each.unlink(missing_ok=True)
        code = self.code(self.begin(words, environment, files["stdout"], files["stderr"]))
        said = {name: file.read_text("utf-8") for name, file in files.items()}
        return subprocess.CompletedProcess(words, code, **said)

    def begin(self, words: list[str], environment: Mapping[str, str], stdout: Path, stderr: Path) -> int:
        """Begin a command, which adds what it says to these files (one for both will do); gives its process id."""
        return self._ask({"words": words, "environment": dict(environment), "said": [str(stdout), str(stderr)]})

    def code(self, pid: int) -> int:
        """Wait until this command has ended; gives its code, less than 0 when a signal ended it."""
        return self._ask({"pid": pid})

    def _ask(self, what: Mapping[str, Any]) -> int:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> None:
        """Nothing more is asked."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()
        self.folder.cleanup()


def _read() -> None:
    """All of the program, once for all the children, and left alone by their search for what nobody holds."""
    import app.commands
    import app.db.migrate
    import app.factory
    import app.web
    import app.worker

    for room in app.factory.ROOMS:
        if find_spec(f"app.{room}.routes"):
            import_module(f"app.{room}.routes")
    configure_mappers()
    gc.collect()
    gc.freeze()


def _serve() -> None:
    _read()
    for line in sys.stdin:
        asked = json.loads(line)
        if "pid" in asked:
            _, status = os.waitpid(asked["pid"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        child = os.fork()
        if child == 0:
            _be(**asked)
        print(child, flush=True)


def _be(words: list[str], environment: Mapping[str, str], said: list[str]) -> NoReturn:
    """From here on this process is `tilsagn` with these words."""
    from app.commands import main

    for number, file in enumerate((os.devnull, *said)):
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND)
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
