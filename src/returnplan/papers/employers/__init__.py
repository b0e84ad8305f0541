"""What employers are told: who comes (到岗名单), and what is no longer as they were told (更正通知).

What an employer got last is the measure, not what its people were told. The corrections are not imported here: they
need the call lists, which take long to load.
"""

from returnplan.papers.employers.arrivals import arrival_names, write_arrivals
from returnplan.papers.employers.expected import Expected, expected, lines_of

__all__ = [
    "Expected",
    "arrival_names",
    "expected",
    "lines_of",
    "write_arrivals",
]
