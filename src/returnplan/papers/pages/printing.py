"""How a page goes onto paper, declared once: A4, one page wide, the header on every sheet, its number at the foot."""

from dataclasses import dataclass

from returnplan.model.texts import Lang, Text

A4 = 9
"""The number that Excel gives to this size of paper."""
SHORT_PT, LONG_PT = 595, 842
"""Its sides."""
MARGINS_INCH = {"left": 0.35, "right": 0.35, "top": 0.4, "bottom": 0.6, "header": 0.2, "footer": 0.25}

_PAGES = Text("第 &P 页,共 &N 页", "page &P of &N")


@dataclass(frozen=True, slots=True)
class Printing:
    """How one page is printed.

    Parameters
    ----------
    landscape : the long side of the sheet is its width
    fits_one_sheet : the page is drawn as small as it takes to stand on one sheet
    lang : in which the foot says page x of y; None: in figures alone
    left, right : what else stands at the foot: what the sheet is and its version, when it was printed and of which run
    """

    landscape: bool = True
    fits_one_sheet: bool = False
    lang: Lang | None = None
    left: str = ""
    right: str = ""

    @property
    def footer(self) -> str:
        """The line at the foot of each sheet, with the marks that Excel replaces by the numbers of the pages."""
        pages = _PAGES.say(self.lang) if self.lang else "&P / &N"
        parts = {"&L": _literal(self.left), "&C": pages, "&R": _literal(self.right)}
        return "".join(place + text for place, text in parts.items() if text)

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height of what can be printed on a sheet."""
        width, height = (LONG_PT, SHORT_PT) if self.landscape else (SHORT_PT, LONG_PT)
        return width - _margins_pt("left", "right"), height - _margins_pt("top", "bottom")


ON_SCREEN = Printing()
"""For a page that is mostly read on the screen."""


def _margins_pt(*sides: str) -> float:
    return sum(MARGINS_INCH[side] for side in sides) * 72


def _literal(text: str) -> str:
    return text.replace("&", "&&")
