"""``plan``: the main job, from files to a saved, audited plan and its workbook; start with ``make``."""
