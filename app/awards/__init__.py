"""Decide, accept, and what the grant is after that."""
