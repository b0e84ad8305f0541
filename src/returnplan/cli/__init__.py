"""The terminal: one file a command; options in, one call of a use case, render, exit code. click and rich live here."""
