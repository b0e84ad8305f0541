"""How hard to search, in units of work, so that the same effort gives the same plan on any machine."""

from dataclasses import dataclass, field, replace

from returnplan.planning.params import SearchParams

THIN_HOT, THIN_REBUILDS, THIN_WORK = 30.0, 10.0, 2.0
"""How many times as hot, as often rebuilt and as much work where demand is thin (a unit of a rebuild is quicker)."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search.

    Attributes
    ----------
    base_work, work_per_group : units of work (tried exchanges) of all markets together, shared by size
    replicas : searches of a market that holds more than half of all groups, of which the best is kept
    seed : of the random moves
    params : of each search
    """

    base_work: int = 3_300_000
    work_per_group: int = 300
    replicas: int = 2
    seed: int = 2021
    params: SearchParams = field(default_factory=SearchParams)

    def work(self, num_groups: int, num_all: int) -> int:
        """Return the units of work for a market that has ``num_groups`` of ``num_all``."""
        return self.base_work * num_groups // max(1, num_all) + self.work_per_group * num_groups

    def where_thin(self) -> "Effort":
        """Return the effort where demand is thin: a batch with all its stops changes by whole stops or not at all.

        So the search goes by rebuilds rather than exchanges, and accepts what a stop too many costs for a while.
        """
        params = replace(
            self.params,
            hot_yuan=THIN_HOT * self.params.hot_yuan,
            share_of_rebuilds=min(1.0, THIN_REBUILDS * self.params.share_of_rebuilds),
        )
        return replace(
            self,
            base_work=int(THIN_WORK * self.base_work),
            work_per_group=int(THIN_WORK * self.work_per_group),
            params=params,
        )

    def keeping_people(self) -> "Effort":
        """Return the effort to better a plan that has as many people as can be found: nobody is risked for yuan."""
        return replace(self, params=replace(self.params, cheap_share=0.0, idle_share=0.0))

    def scouting(self) -> "Effort":
        """Return the effort of a first look: every vehicle filled once."""
        return replace(self, base_work=0, work_per_group=0, replicas=1)
