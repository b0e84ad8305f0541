"""From the printed manifest to the totals: marked, read back, the walk-up signed up, read back once more."""

import json
from pathlib import Path

from tests.e2e.program import call
from tests.usecases.test_board import with_walk_up
from tests.usecases.test_telling import filled


def test_a_walk_up_is_one_person_on_board_from_the_manifest_to_the_next_plan(office: Path) -> None:
    call(office, "manifest", "--out", "名单")
    (paper,) = (office / "名单").glob("*.xlsx")
    filled(paper, "上车", dict.fromkeys(range(19), "√"))
    with_walk_up(paper, 21)

    first = call(office, "board", "名单", "--out", "上车后").stdout.splitlines()
    assert first[0] == "上车 20 人(名单上 19，现场增补 1)，未到 1；已到岗 0，去了别处 0"
    assert first[1] == "至今共上车 20 人(名单上 19，现场增补 1)"
    call(office, "plan", "--add", first[-1])
    again = call(office, "board", "名单", "--out", "上车后").stdout.splitlines()
    assert again[1:] == first[1:]

    shown = call(office, "show", "origins", "--csv").stdout.splitlines()
    assert [line.split(",")[3:6] for line in shown] == [["已排", "已上车", "其中增补"], ["19", "20", "1"]]
    summary = json.loads(call(office, "show", "--json").stdout)["summary"]
    assert (summary["signups"], summary["planned"], summary["unplanned"]) == (21, 19, 2)
    assert [(home["boarded"], home["walk_ups"]) for home in summary["origins"].values()] == [(20, 1)]
