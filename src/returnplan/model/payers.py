"""Who pays for which part of the journeys (``[payers]`` of returnplan.toml): values only."""

from typing import Annotated, Literal

from pydantic import Field

from returnplan.model.notices import Scope
from returnplan.model.plan import BatchKind, RunHeader
from returnplan.model.rules import Settings

PayerKind = Literal["office", "county", "prefecture", "employer", "worker", "fund"]
"""The office that plans; a rider's home county, home prefecture or employer; the riders; a fund with a name."""
MostYuan = Annotated[float, Field(ge=0, le=1e12)] | None
"""The most that is paid, None for any sum; 0 pays nothing."""


class Share(Settings):
    """What one payer takes of the price of a vehicle, as far as the shares before it have left anything.

    The price of a vehicle is divided equally among its riders, and a county, prefecture or employer pays for its own.
    The share holds on journeys of the ``scopes`` in vehicles of the kinds ``parts``. All sums of one payer are cut
    alike where they come to more than ``most_a_coach``, ``most_a_train`` or ``most_a_firm`` (the riders of one
    employer in the whole campaign), or than its ``budget``. ``name`` is what papers call the payer.
    """

    payer: PayerKind
    name: Annotated[str, Field(max_length=60)] = ""
    parts: Annotated[tuple[BatchKind, ...], Field(min_length=1)] = ("direct", "feeder", "train", "shuttle")
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1)] = ("provinces", "cities", "within")
    share: Annotated[float, Field(ge=0, le=1)] = 1.0
    most_a_coach: MostYuan = None
    most_a_train: MostYuan = None
    most_a_firm: MostYuan = None
    budget: MostYuan = None


class Payers(Settings):
    """``[payers]``: the shares in their order; ``rest`` pays what they leave."""

    shares: tuple[Share, ...] = ()
    rest: Literal["office", "county", "prefecture", "worker"] = "office"


def payers_of(header: RunHeader) -> Payers:
    """Return the rules of a run on who pays."""
    return Payers.model_validate(header.config.get("payers", {}))
