"""All that leaves the program as a workbook, and what comes back filled in; one room for each kind of paper."""
