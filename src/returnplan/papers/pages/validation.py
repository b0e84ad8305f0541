"""Checks of what is typed into a cell, as the library writes them; no messages, so that Excel speaks its language."""

import rvgsrust_xlsxwriter as xlsx

from returnplan.papers.pages.page import Check, Choice, Length


def validation(check: Check) -> xlsx.DataValidation:
    """Return the rule that Excel applies."""
    rule = xlsx.DataValidation()
    if isinstance(check, Choice):
        rule.allow_list_strings(list(check.words))
        rule.set_error_style("stop" if check.is_strict else "warning")
    elif isinstance(check, Length):
        rule.allow_text_length("equal_to", check.num_characters)
    else:
        rule.allow_date("greater_than_or_equal_to", check.first)
    return rule
