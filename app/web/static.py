"""Static files, from WhiteNoise."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from app.hooks import headers

STATIC = Path(__file__).parents[1] / "static"
# Every address of a static file carries a part of its hash, so a changed file has a new address.
MONTH = 30 * 24 * 60 * 60


def with_static(flask: Flask) -> WhiteNoise:
    """Serve static files before the program is asked; browsers keep them, under addresses that tell their content."""
    flask.url_defaults(_add_version)
    carried = headers(secure=flask.config["SESSION_COOKIE_SECURE"])

    class Static(WhiteNoise):  # type: ignore[misc]  # WhiteNoise ships no types
        """Every answer carries our headers, a 304 and a 405 too."""

        def get_static_file(self, path: str, url: str, stat_cache: Any) -> Any:
            """With its compressed forms, unless the file has changed since the set-up made them."""
            fresh = {at: stat for at, stat in stat_cache.items() if stat.st_mtime >= stat_cache[path].st_mtime}
            return super().get_static_file(path, url, fresh)

        @staticmethod
        def serve(static_file: Any, environ: Any, start_response: Callable[..., object]) -> Any:
            def start(status: str, there: list[tuple[str, str]]) -> object:
                return start_response(status, [*there, *carried.items()])

            return WhiteNoise.serve(static_file, environ, start)

    return Static(flask, root=STATIC, prefix="/static/", max_age=MONTH, allow_all_origins=False)


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values:
        values.setdefault("v", _version(values["filename"]))


@lru_cache(maxsize=512)
def _version(filename: str) -> str | None:
    path = STATIC / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else None
