"""Attest, approve and hand over what is to be paid, tell what came of it, and money that comes back."""
