"""What the offices of a region tell: accounts of their plans -> one table, and the sentence of a press note."""

from returnplan.papers.rollup.account import Account, account_of
from returnplan.papers.rollup.door import AccountFile, read_account
from returnplan.papers.rollup.sentence import press_note
from returnplan.papers.rollup.table import Table, add_up
from returnplan.papers.rollup.workbook import rollup_pages

__all__ = [
    "Account",
    "AccountFile",
    "Table",
    "account_of",
    "add_up",
    "press_note",
    "read_account",
    "rollup_pages",
]
