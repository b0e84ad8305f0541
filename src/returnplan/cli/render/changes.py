"""What changes for whom between two plans, as a listing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from returnplan.cli.render.listing import Column, Listing
from returnplan.contract import View
from returnplan.model.masking import mask_name
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_code

if TYPE_CHECKING:
    import pandas as pd

    from returnplan.edits.diff import Diff

_COLUMNS = (
    Column(Text("变化", "change"), is_whole=True),
    Column(Text("编号", "person"), is_number=True),
    Column(Text("姓名", "name")),
    Column(Text("乡镇", "township")),
    Column(Text("原来", "was told")),
    Column(Text("现在", "is now")),
)


def changes_listing(change: "Diff", view: View) -> Listing:
    """Return a row for everybody who has to be told something."""
    lang, show = view.lang, str if view.unmask else mask_name
    rows = (
        *_rows(Text("新增", "new").say(lang), change.new, was=False),
        *_rows(Text("改动", "moved").say(lang), change.moved),
        *_rows(Text("改时间", "retimed").say(lang), change.retimed),
        *_rows(Text("不走", "off").say(lang), _in_words(change.off, lang), now=False),
    )
    shown = [(word, person, show(name), *rest) for word, person, name, *rest in rows]
    return Listing(Text("与上一方案相比", "changes"), _COLUMNS, shown)


def counts(change: "Diff") -> Text:
    """Return how many people each change concerns."""
    num = {name: len(getattr(change, name)) for name in ("new", "moved", "retimed", "off")}
    return Text(
        "新增 {new} 人，改动 {moved} 人，只改时间 {retimed} 人，不走 {off} 人".format(**num),
        "{new} new, {moved} moved, {retimed} at another hour, {off} off".format(**num),
    )


def _in_words(off: "pd.DataFrame", lang: Lang) -> "pd.DataFrame":
    return off.assign(code=off["code"].map(lambda code: say_code(code, lang)))


def _rows(
    word: str, people: "pd.DataFrame", *, was: bool = True, now: bool = True
) -> Iterator[tuple[Any, ...]]:
    before = "from_" if now else ""  # people who are off have only what they were told
    for row in people.to_dict("records"):
        told = _told(row, before) if was else ""
        yield word, row["person"], row["name"], row["township"], told, _told(row) if now else row["code"]


def _told(row: dict[Any, Any], prefix: str = "") -> str:
    batch, pickup, time = (row[prefix + name] for name in ("batch", "pickup", "time"))
    return f"{batch} {time:%m-%d %H:%M} {pickup}"
