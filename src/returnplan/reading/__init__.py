"""Spreadsheets to records: which sheet is what, what its cells say, what is wrong with which cell.

A reader is a declaration of columns (``signup_sheet``, ``employer_sheets`` …). Knows no gazetteer, no rules, no
plan: names of cities and places stay as they were written.

The modules are imported by their names: the settings must load without pandas (config, ``manifest``).
"""
