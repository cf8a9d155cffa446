"""Tilsagn: grant schemes from published rules to the closed year."""
