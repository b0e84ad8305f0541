"""Who was on board: riders by their status, and walk-ups (现场增补); every person once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from returnplan.model.plan import WalkUp

if TYPE_CHECKING:
    import pandas as pd

BOARDED = ("boarded", "arrived", "other_factory")
"""What the status of a rider says who has boarded."""


@dataclass(frozen=True, slots=True)
class Aboard:
    """People on board: of the lists, and walk-ups."""

    num_listed: int
    num_walk_ups: int

    @property
    def num_people(self) -> int:
        """All of them."""
        return self.num_listed + self.num_walk_ups


def is_aboard(riders: "pd.DataFrame") -> "pd.Series[bool]":
    """Return for each rider whether they have boarded."""
    return riders["status"].isin(BOARDED)


def marked_batches(riders: "pd.DataFrame") -> set[str]:
    """Return the batches of whose riders a paper has said something."""
    return set(riders.loc[riders["status"] != "assigned", "batch"])


def without_a_seat(walk_ups: Sequence[WalkUp], riders: "pd.DataFrame") -> list[WalkUp]:
    """Return the walk-ups who are not among the riders that have boarded, each as the last paper says."""
    seated = set(riders.loc[is_aboard(riders), "id_number"])
    return list({one.id_number: one for one in walk_ups if one.id_number not in seated}.values())


def aboard_so_far(summary: Mapping[str, Any]) -> Aboard:
    """Return the sums over the prefectures."""
    lines = summary["origins"].values()
    num_walk_ups = sum(line["walk_ups"] for line in lines)
    return Aboard(sum(line["boarded"] for line in lines) - num_walk_ups, num_walk_ups)
