"""What the office decides about its papers (``[drivers]`` and ``[manifest]``)."""

from typing import Annotated, Literal

from pydantic import Field

from returnplan.model.rules import Settings
from returnplan.papers.supplies import Packs

__all__ = ["Columns", "Drivers", "ManifestSettings", "Packs"]


class Drivers(Settings):
    """``[drivers]``: two drivers above this distance one way.

    400 km, or 600 km where the expressway runs through: art. 45 of the trial text of the safety rules for
    passenger carriers (道路旅客运输企业安全管理规范).
    """

    two_above_km: Annotated[float, Field(ge=1, le=20_000)] = 400.0


class Columns(Settings):
    """``[manifest]``: who the papers are for, and columns that a dated rule may ask for.

    ``audience`` escort: everything (随车); carrier: no ID numbers, no employers; employer: no ID numbers.
    """

    audience: Literal["escort", "carrier", "employer"] = "escort"
    temperature: bool = False


class ManifestSettings(Settings):
    """All that the papers of a batch follow."""

    packs: Packs = Packs()
    drivers: Drivers = Drivers()
    columns: Columns = Columns()
