"""The printed sheet: blocks in, bytes of a tagged PDF (PDF/A-2a and PDF/UA-1) out. Knows nothing of grants."""

from letters.sheet.page import first_pages, print_letter
from letters.sheet.signs import check_signs

__all__ = ["check_signs", "first_pages", "print_letter"]
