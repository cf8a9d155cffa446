"""Payables, attest, approve, batch, list for finance."""
