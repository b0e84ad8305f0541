"""What the office tells the reader."""

from typing import Annotated

from pydantic import Field

from returnplan.model.rules import Name, Settings


class ReadingSettings(Settings):
    """``headers`` adds names of columns ([headers]: field -> names); ``year`` completes dates without one."""

    headers: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
