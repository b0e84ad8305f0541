"""Spreadsheet files as raw tables, read in a limited child process: :mod:`returnplan.sheets.reader`.

Knows formats and dangers, nothing of what the cells mean. Nothing is imported here: the child process starts
from this package and must not load numpy.
"""
