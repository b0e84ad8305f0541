"""The settings of an office for reading."""

from typing import Annotated

from pydantic import Field

from returnplan.model.rules import Name, Settings


class ReadingSettings(Settings):
    """Settings of reading: ``headers`` adds names of columns (field -> names), ``year`` completes dates."""

    headers: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
