"""Appropriation and frame per pot and year, and the ledger of every commitment, payment and unused krone."""
