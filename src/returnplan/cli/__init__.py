"""The terminal: one file a command; options in, one pipeline call, render, exit code. click and rich live here."""
