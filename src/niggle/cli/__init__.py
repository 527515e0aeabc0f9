"""The terminal face: parses what was typed, calls one action, prints. Nothing is computed here."""
