"""Every PDF the house sends. Sees app.values only."""
