"""Documents as plain facts: what they belong to, what may be uploaded, what it is called."""
