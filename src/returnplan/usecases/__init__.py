"""The use cases as functions, which is also the Python API; the only package that sees all stages."""
