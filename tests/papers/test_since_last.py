"""A list that is written again: which version it is, and for what earlier ones are void."""

from datetime import datetime

from returnplan.papers.since_last import Issue, next_issue, say_issue

LINES = {
    "0223-01": {"batch": "0223-01", "day": "2021-02-23"},
    "0223-02": {"batch": "0223-02", "day": "2021-02-23"},
}


def later(lines: dict[str, dict[str, str]], chosen: str) -> Issue:
    """Return the version after one with all lines, of which one alone is chosen and written again."""
    last = next_issue(None, LINES, datetime(2021, 2, 20, 20))
    return next_issue(last.handout, lines, datetime(2021, 2, 21, 20), lambda facts: facts["batch"] == chosen)


def test_a_part_of_a_list_voids_nothing_of_the_rest() -> None:
    issue = later({**LINES, "0223-02": {"batch": "0223-02", "day": "2021-02-24"}}, "0223-02")
    assert set(issue.lines) == set(LINES)
    said = say_issue(issue, num_shown=1)
    assert said.zh.startswith(
        "第2版(2021-02-21 20:00)，只列出一部分：所列的以本表为准，其余 1 项仍按此前收到的；"
    )
    assert "; a part alone: it counts for what it lists, for the other 1 what was received before;" in said.en
    assert "此前各版作废" in say_issue(issue, num_shown=2).zh


def test_the_same_lines_are_the_same_version() -> None:
    same = later(LINES, "0223-02")
    assert same.version == 1
    assert "只列出一部分" in say_issue(same, num_shown=1).zh
