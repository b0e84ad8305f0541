"""The tables name the loser, whoever it is."""

from benchmarks.peers.contest import Contest, Result
from benchmarks.peers.tables import kind_line, planner_lines

PEER = Result("peer", 31.0, 30.0, 600, 12, 90_000.0)
LOST = Result("other", 31.0, 30.0, broken="no plan")
OURS = Result("returnplan", 2.0, 3.0, 600, 12, 88_000.0)


def test_the_best_peer_is_the_one_with_a_plan() -> None:
    assert Contest("plain 1", (LOST, PEER), OURS, 0.5).best_peer is PEER


def test_more_people_come_before_less_money() -> None:
    fewer = Result("fewer", 31.0, 30.0, 599, 12, 80_000.0)
    assert Contest("plain 1", (fewer, PEER), OURS, 0.5).best_peer is PEER


def test_a_kind_says_how_far_ahead_and_after_how_long() -> None:
    contests = [Contest("plain 1", (PEER,), OURS, 0.5), Contest("plain 2", (OURS,), PEER, None)]
    assert kind_line("plain", contests) == ("| plain (2) | +0.03% (-2.22% to +2.27%) | 0.50, never | 16.5 |")


def test_a_kind_says_of_how_many_corridors_a_peer_has_no_plan() -> None:
    contests = [Contest("plain 1", (PEER, LOST), OURS, 0.5), Contest("plain 2", (LOST, LOST), OURS, 0.5)]
    peer, other = kind_line("plain", contests).split(" | ")[1:3]
    assert peer == "+2.27% (+2.27% to +2.27%), 1 without a plan"
    assert other == "2 without a plan"


def test_a_planner_without_a_plan_says_why() -> None:
    lines = planner_lines(Contest("plain 1", (LOST, PEER), OURS, 0.5))
    assert lines[0] == "| plain 1 | other | no plan | | | | 30.0 | 31.0 |"
    assert lines[1] == "| plain 1 | peer | 600 | 12 | 90,000 | 2.27% | 30.0 | 31.0 |"
