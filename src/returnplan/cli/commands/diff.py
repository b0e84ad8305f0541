"""``returnplan diff``: who is new, moved or off between two runs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import print_json, say_note
from returnplan.cli.options import Setup, shared_options
from returnplan.cli.render.listing import Column, Listing, print_listing
from returnplan.contract import View
from returnplan.model.masking import mask_name
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_code

if TYPE_CHECKING:
    import pandas as pd

    from returnplan.edits.diff import Diff

_HELP = Text(
    """对比两个方案：谁是新增、改动、不走

不写 RUN 时，拿最新方案与它的前一个对比；只写一个 RUN 时，拿最新方案与它对比。

终端上只显示前 200 人；写进文件或管道则是全部。""",
    """Say who is new, moved or off between two runs.

Without a RUN the latest run is compared with the one before it, with one RUN the latest with that one.

A terminal shows the first 200 people; a file or a pipe gets all of them.""",
)


@command("diff", _HELP, "returnplan diff 4f1c")
@click.argument("old", required=False, metavar="[RUN")
@click.argument("new", required=False, metavar="[RUN]]")
@option(
    "--json",
    "as_json",
    is_flag=True,
    words=Text("用 JSON 输出新增、改动和不走的人。", "new, moved and off as JSON."),
)
@option("--unmask", is_flag=True, words=Text("姓名不打星号。", "Show names in full."))
@shared_options
def run(setup: Setup, old: str | None, new: str | None, as_json: bool, unmask: bool) -> int:
    """Carry out ``returnplan diff``."""
    from returnplan.edits.diff import diff_json
    from returnplan.usecases.diff import diff

    header, change = diff(setup.campaign, old, new)
    if as_json:
        print_json(diff_json(change))
        return 0
    lang = setup.lang or header.lang
    if not change.is_empty:
        print_listing(changes_listing(change, View(lang, unmask)), lang, "--json")
    say_note(counts(change).say(lang))
    return 0


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
    off = change.off.assign(
        code=[_why(*one, lang) for one in zip(change.off["code"], change.off["signup"], strict=True)]
    )
    rows = (
        *_rows(Text("新增", "new").say(lang), change.new, was=False),
        *_rows(Text("改动", "moved").say(lang), change.moved),
        *_rows(Text("改时间", "retimed").say(lang), change.retimed),
        *_rows(Text("不走", "off").say(lang), off, now=False),
    )
    shown = [(word, person, show(name), *rest) for word, person, name, *rest in rows]
    return Listing(Text("与上一方案相比", "changes"), _COLUMNS, shown)


def _why(code: str, signup: str, lang: Lang) -> str:
    """Return why somebody is off; who is in no list any more, the row in which they stood."""
    gone = Text(f"名单里没有了(原 {signup})", f"in no list now (was {signup})")
    return say_code(code, lang) if code else gone.say(lang)


def counts(change: "Diff") -> Text:
    """Return how many people each change concerns."""
    num = {name: len(getattr(change, name)) for name in ("new", "moved", "retimed", "off")}
    return Text(
        "新增 {new} 人，改动 {moved} 人，只改时间 {retimed} 人，不走 {off} 人".format(**num),
        "{new} new, {moved} moved, {retimed} at another hour, {off} off".format(**num),
    )


def _rows(
    word: str, people: "pd.DataFrame", *, was: bool = True, now: bool = True
) -> Iterator[tuple[Any, ...]]:
    before = "from_" if now else ""  # people who are off have only what they were told
    for row in people.to_dict("records"):
        told = _told(row, before) if was else ""
        yield word, row["person"], row["name"], row["township"], told, _told(row) if now else row["code"]


def _told(row: dict[Any, Any], prefix: str = "") -> str:
    batch, pickup, time = (row[prefix + name] for name in ("batch", "pickup", "time"))
    onward = "".join(f" → {batch} {time:%H:%M} {pickup}" for batch, _, pickup, time in row[prefix + "onward"])
    return f"{batch} {time:%m-%d %H:%M} {pickup}{onward}"
