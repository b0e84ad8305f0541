"""The office's working file of a plan (plan.xlsx): plan -> pages -> workbook. Plans nothing, reads no store."""

from returnplan.papers.workbook.rider_books import RiderBooks
from returnplan.papers.workbook.write import is_up_to_date, put_aside, rider_books, write_plan_workbook

__all__ = ["RiderBooks", "is_up_to_date", "put_aside", "rider_books", "write_plan_workbook"]
