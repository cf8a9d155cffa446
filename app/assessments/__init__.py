"""Eligibility, score, rank within the frame, recommend, send back."""
