"""The office's working file of a plan (plan.xlsx): plan -> pages -> workbook. Plans nothing, reads no store."""

from returnplan.workbook.write import run_id_of, write_plan_workbook

__all__ = ["run_id_of", "write_plan_workbook"]
