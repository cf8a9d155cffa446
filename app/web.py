"""The web process: gunicorn with the program, and its static files from WhiteNoise."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from whitenoise import WhiteNoise

from app.config import Settings
from app.db import db
from app.hooks import headers

STATIC = Path(__file__).parent / "static"
# Every address of a static file carries a part of its hash, so a changed file has a new address.
MONTH = 30 * 24 * 60 * 60


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with two processes of four threads, set here and nowhere else."""

    def __init__(self, flask: Flask, settings: Settings) -> None:
        self._flask = flask
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Loaded once and forked; a fork must not share the parent's database connections."""
        options: dict[str, Any] = {
            "bind": self._settings.bind,
            "workers": 2,
            "threads": 4,
            "worker_class": "gthread",
            "preload_app": True,
            "post_fork": self._forked,
            "graceful_timeout": 20,
            "timeout": 60,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> WhiteNoise:
        """The program behind its static files."""
        return with_static(self._flask)

    def _forked(self, _server: object, _worker: object) -> None:
        with self._flask.app_context():
            db.engine.dispose(close=False)


def with_static(flask: Flask) -> WhiteNoise:
    """Serve static files before the program is asked; browsers keep them, under addresses that tell their content."""
    flask.url_defaults(_add_version)
    carried = headers(secure=flask.config["SESSION_COOKIE_SECURE"])

    def add(there: Any, _path: str, _url: str) -> None:
        for name, value in carried.items():
            there[name] = value

    return WhiteNoise(
        flask, root=STATIC, prefix="/static/", max_age=MONTH, add_headers_function=add, allow_all_origins=False
    )


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values:
        values.setdefault("v", _version(values["filename"]))


@lru_cache(maxsize=512)
def _version(filename: str) -> str | None:
    path = STATIC / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else None
