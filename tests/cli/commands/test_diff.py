"""Why people are off the coach, in the words of ``diff``."""

from dataclasses import replace

from returnplan.cli.commands.diff import changes_listing
from returnplan.contract import View
from returnplan.edits.diff import diff
from tests.specimens.plans import make_plan


def test_who_is_in_no_list_any_more_is_off_with_the_row_in_which_they_stood() -> None:
    old = make_plan()
    person = int(old.riders["person"].iloc[0])
    new = replace(old, riders=old.riders[old.riders["person"] != person])
    (row,) = changes_listing(diff(old, new), View("zh", unmask=False)).rows
    signup = old.riders["signup"].iloc[0]
    assert (row[0], row[-1]) == ("不走", f"名单里没有了(原 {signup})")
