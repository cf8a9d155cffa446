"""People and their access, as an administrator sees them; ending a person hands their open cases over."""
