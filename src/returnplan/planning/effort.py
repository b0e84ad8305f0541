"""How hard to search, in units of work, so that the same effort gives the same plan on any machine."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search.

    Attributes
    ----------
    work_per_group, min_work, max_work : units of work (tried exchanges) of a market
    hot_yuan, cold_yuan : first and last temperature of the annealing
    share_of_rebuilds : chance that a move is a rebuild, not an exchange
    replicas : searches of a market that holds more than half of all groups, of which the best is kept
    seed : of the random moves
    """

    work_per_group: int = 1500
    min_work: int = 50_000
    max_work: int = 20_000_000
    hot_yuan: float = 10.0
    cold_yuan: float = 1.0
    share_of_rebuilds: float = 0.05
    replicas: int = 2
    seed: int = 2021

    def work(self, num_groups: int) -> int:
        """Return the units of work for a market of ``num_groups``."""
        return min(max(self.min_work, self.work_per_group * num_groups), self.max_work)

    def scouting(self) -> "Effort":
        """Return the effort of a first look: every vehicle filled once."""
        return replace(self, work_per_group=1, min_work=0, replicas=1)
