"""Content-addressed files and the documents of a case."""
