"""What ``init`` puts into the folder of a new campaign: forms to fill in, rules, starters for Windows and cron.

Reads nothing and plans nothing; that the forms read back is for the tests to show.
"""

from returnplan.papers.forms.campaign import write_templates

__all__ = ["write_templates"]
