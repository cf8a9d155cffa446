"""Serve the gallery to a developer's eye."""

import sys
from pathlib import Path
from tempfile import mkdtemp

from tests.browser.gallery.app import make_app

if __name__ == "__main__":
    make_app(Path(mkdtemp())).run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 5055)
