"""The office's working file of a plan (plan.xlsx): plan -> pages -> workbook. Plans nothing, reads no store."""

from returnplan.papers.workbook.write import is_up_to_date, put_aside, write_plan_workbook

__all__ = ["is_up_to_date", "put_aside", "write_plan_workbook"]
