"""The use cases as functions, one file a command; the only package that sees all stages."""
