"""The web processes: waitress with the program, behind its static files.

waitress reads a request whole, on its own and to disk when it is long, before one of its threads takes it: nobody who
sends slowly, or reads slowly, keeps a thread.
"""

from app.web.serving import listen, serve
from app.web.static import with_static

__all__ = ["listen", "serve", "with_static"]
