"""The blueprint the pages hang on."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
