"""What to change of a batch, and what came of it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, Rider, RunHeader
from returnplan.model.texts import Text


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What to change of a batch; None and empty: as it is. ``add``, ``drop`` and ``agreed`` name people as typed.

    ``agreed`` are riders who have agreed to the other day on the phone (``ALL``: everybody); ``yes`` accepts what was
    proposed for those who no longer fit; ``mended``: the vehicle that did not come may be used again.
    """

    batch: str
    out: Path
    vehicle: str | None = None
    plate: str | None = None
    drivers: tuple[str, ...] = ()
    day: date | None = None
    depart: time | None = None
    cancel: bool = False
    breakdown: bool = False
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    yes: bool = False
    mended: bool = False

    @property
    def is_naming(self) -> bool:
        """Return whether nothing is to change but the plate and the drivers."""
        return self == ChangeRequest(
            self.batch, self.out, plate=self.plate, drivers=self.drivers, yes=self.yes
        )

    @property
    def digest(self) -> str:
        """Return what tells it from other changes, wherever its papers go."""
        return hashlib.sha256(repr(replace(self, out=Path())).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Move:
    """A rider who no longer fits on the batch: who it is, and the seat elsewhere; ``batch`` None: there is none."""

    rider: Rider
    batch: Batch | None
    seat: int = 0
    boards: datetime | None = None


@dataclass(frozen=True)
class ChangeOutcome:
    """The batch as it is now (None: it does not run), who is no longer on it, what a person should know, the papers.

    ``moves`` are those who no longer fit, and ``more_yuan`` is what the plan costs more than before.
    ``is_proposal``: nothing was changed yet. ``lacks_driver``: fewer are named now than the law asks for.
    ``is_called_off``: people who were told of the batch, or hold tickets, do not travel on it.
    ``is_mended``: a vehicle may be used again, and no batch was changed.
    ``was_done``: the batch is so already, and nothing was changed.
    ``breaks_own_rule``: a batch has fewer people or costs more a head than the office wants, or people miss a train.
    """

    header: RunHeader
    batch: Batch | None
    off: list[Rider]
    notes: list[Text]
    papers: list[Path]
    moves: tuple[Move, ...] = ()
    is_proposal: bool = False
    is_another_day: bool = False
    is_another_vehicle: bool = False
    lacks_driver: bool = False
    breaks_own_rule: bool = False
    is_mended: bool = False
    is_called_off: bool = False
    was_done: bool = False
    more_yuan: float = 0.0


def not_departed(batch: Batch) -> Batch:
    """Return a batch that can still be changed.

    Raises
    ------
    UsageError : it has departed
    """
    if batch.state == "departed":
        raise UsageError(Text(f"{batch.id} 已发车", f"{batch.id} has departed"))
    return batch
