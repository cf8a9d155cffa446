"""GP agreements, claims, confirmation by the pilot area, unit prices and caps."""
