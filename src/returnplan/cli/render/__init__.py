"""Outcomes of the pipeline as tables and lines for a terminal; decides nothing."""
