"""What rich lacks: a console on which text of a sheet stays text, and lines that break between Chinese characters.

rich breaks at blanks only, and leaves half of a line empty.
"""

import re
from collections.abc import Iterable
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from returnplan.model.harmless import harmless

_OPENING = "“《（(【「→"
_CLOSING = "”》）)】」、，。；：？！,;%"
_WIDE = "\u2e80-\U0003ffff"
_PIECE = re.compile(rf"(?:→\s)?[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}]+|\S)?[{_CLOSING}]*\s*")
"""What stays on one line: a Chinese character or a word, with the marks that may not stand apart from it."""


class SafeConsole(Console):
    """A rich console that colours its own words and takes every other control sequence for text."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the segments of a renderable, the texts among them made harmless."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=harmless(segment.text))


class Flowing(Text):
    """A rich text for cells and paragraphs in either language; its width is that of what is shown."""

    def __init__(self, text: str = "", style: str | Style = "", **settings: Any) -> None:
        super().__init__(harmless(text), style, **settings)

    def append(self, text: "Text | str", style: str | Style | None = None) -> "Flowing":
        """Add a text, made harmless."""
        super().append(harmless(text) if isinstance(text, str) else text, style)
        return self

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Return the lines, each at most ``width`` columns wide."""
        if no_wrap:
            return super().wrap(
                console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap
            )
        lines = Lines()
        for paragraph in self.split(allow_blank=True):
            lines.extend(paragraph.divide(break_offsets(paragraph.plain, width)))
        for line in lines:
            line.rstrip_end(width)
        return lines


def break_offsets(text: str, width: int) -> list[int]:
    """Return before which characters a text is broken so that no line is wider than ``width`` columns."""
    offsets: list[int] = []
    used = 0
    for piece in _PIECE.finditer(text):
        length = cell_len(piece[0].rstrip())
        if used and used + length > width:
            offsets.append(piece.start())
            used = 0
        chunks = chop_cells(piece[0], width) if length > width else [piece[0]]
        start = piece.start()
        for chunk in chunks[:-1]:
            start += len(chunk)
            offsets.append(start)
        used = cell_len(chunks[-1]) + (used if len(chunks) == 1 else 0)
    return [offset for offset in offsets if offset < len(text)]
