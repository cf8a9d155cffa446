"""Configuration, extensions, blueprints, hooks, error pages; nothing else."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import app.models  # noqa: F401  (every model, before the first query)
from app import frame, hooks, navigation, templating
from app.access import keeping, standing
from app.access.guards import login_manager, note_use, open_to_all
from app.audit.catalogue import EVENTS
from app.config import Settings
from app.db import db
from app.db.session import watch
from app.way_back import switch_language

ROOMS = [
    "access",
    "rules",
    "cases",
    "budget",
    "documents",
    "orders",
    "summaries",
    "dispatch",
    "applications",
    "assessments",
    "awards",
    "compensation",
    "reports",
    "payouts",
    "portal",
    "desk",
    "people",
    "public",
    "jobs",
]
MEGABYTE = 1024 * 1024


def build(settings: Settings) -> Flask:
    """The application for these settings."""
    flask = Flask("app", instance_relative_config=False)
    hooks.prepare(flask)
    flask.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # A browser takes this name only over https, from this host, for the whole of it (OWASP ASVS 4.0.3, 3.4.4).
        SESSION_COOKIE_NAME="__Host-tilsagn" if settings.secure_cookies else "tilsagn",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Long justifications and budget tables: Flask's own half megabyte answers 413 to honest forms.
        MAX_FORM_MEMORY_SIZE=4 * MEGABYTE,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
        DEMO=settings.demo,
        SETTINGS=settings,
        TESTING=settings.testing,
        TRUSTED_HOSTS=settings.hosts,
    )
    if settings.trusted_proxies:
        near = settings.trusted_proxies
        flask.wsgi_app = ProxyFix(flask.wsgi_app, x_for=near, x_proto=near, x_host=0)  # type: ignore[method-assign]  # Flask's own way
    db.init_app(flask)
    login_manager.init_app(flask, add_context_processor=False)
    standing.install()
    # Before all that reads a form.
    hooks.install(flask)
    CSRFProtect(flask)
    # Templates know by themselves all that they are told for every page anew, among it a token that is signed anew.
    flask.template_context_processors[None].clear()
    flask.jinja_env.globals["csrf_token"] = frame.csrf_token
    # Only when the token has been judged: what another site sends neither uses a session nor takes a kept form.
    flask.before_request(note_use)
    flask.before_request(keeping.on_the_way)
    with flask.app_context():
        watch(db.engine, settings.lock_wait_ms)
    flask.extensions["events"] = EVENTS
    templating.install(flask, navigation.shell)
    flask.add_url_rule("/sprak", "language", open_to_all(switch_language), methods=["POST"])
    for room in ROOMS:
        if find_spec(f"app.{room}.routes"):
            flask.register_blueprint(import_module(f"app.{room}.routes").bp)
    return flask
