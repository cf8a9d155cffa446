"""Organisations: who may apply and be paid, in which language they are written to, and their bank accounts."""
