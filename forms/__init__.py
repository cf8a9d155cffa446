"""Input in, frozen facts out: strings stop here."""
