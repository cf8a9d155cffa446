"""Regelverk by version: schemes, pots, calls, criteria, questions, cost types, report dates, rates."""
