"""Outcomes of the use cases as tables and lines for a terminal; decides nothing."""
