"""Apply, complete, withdraw."""
