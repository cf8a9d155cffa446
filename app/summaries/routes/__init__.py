"""Deliveries: the list, one with its text and figures, its files, and the steps from draft to frozen."""

from app.summaries.routes import steps, whole
from app.summaries.routes.blueprint import bp

__all__ = ["bp", "steps", "whole"]
