"""``returnplan board``: marked manifests and receipts read back."""

from pathlib import Path

import click

from returnplan.cli.bilingual import BadCall, command, option
from returnplan.cli.console import say_note, say_notes
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.cli.render.faults import say_faults
from returnplan.model.texts import Text
from returnplan.papers.wording import STATES

_HERE = Text(
    "上车 {here.num_people} 人(名单上 {here.num_listed}，现场增补 {here.num_walk_ups})，未到 {absent}；"
    "已到岗 {arrived}，去了别处 {other_factory}",
    "{here.num_people} on board ({here.num_listed} of the list, {here.num_walk_ups} walk-ups), {absent} absent; "
    "{arrived} arrived, {other_factory} went elsewhere",
)
_SO_FAR = Text(
    "至今共上车 {so_far.num_people} 人(名单上 {so_far.num_listed}，现场增补 {so_far.num_walk_ups})",
    "so far {so_far.num_people} on board ({so_far.num_listed} of the lists, {so_far.num_walk_ups} walk-ups)",
)
_ASTRAY = Text(
    "现场增补 {num} 人的名单没有写明现行方案里的号车，已列入回访和补贴名单，没有计入总数",
    "{num} walk-ups are on papers that name no batch of the plan: in the lists, not in the totals",
)
_CROSSED_ONLY = Text(
    "{batch} 的名单只打了×，没有打勾的 {num} 人没有登记，算名单还没有交回；上了车的请打√再读一次",
    "the list of {batch} has crosses alone: nothing is entered of its other {num} people, and it counts as not back; "
    "tick those who were on board and read it again",
)
_ABSENT_BEFORE = Text(
    "{batch} 的名单上没有打×的，有 {num} 人以前登记为未到：上了车的请打√再读一次；"
    "整张登记错了的，returnplan board --undo {batch} 撤回后再读",
    "the list of {batch} has no cross at {num} people who were entered as absent before: tick those who were on board "
    "and read it again; if all of it was a mistake, returnplan board --undo {batch}, and read it again",
)
_AFTER_ALL = Text(
    "以前登记为未到、方案已另作安排的 {num} 人，这次打了√，按现场增补登记在原来的号车上，之后的座位让出：{persons}",
    "{num} people were entered as absent before, and a plan was made since; they are ticked now, count as walk-ups of "
    "that batch and give up any later seat: person {persons}",
)
_UNKNOWN = Text(
    "这些编号不在单上所写的号车(可能是旧版名单)，没有登记：{persons}。"
    "确实上了这趟车的，请在这张名单的“现场增补”行写姓名、身份证号码和电话，再读一次",
    "not on the batch that their paper names (an old version of it?), not entered: person {persons}. Who was on board: "
    "write name, ID number and phone in the walk-up rows of that list, and read it again",
)
_PROPOSED = Text(
    "{batch}：还没有改动。撤回上车登记后，",
    "{batch}: nothing is changed yet. To take the boarding back means:",
)
_DONE = Text("{batch}：上车登记已撤回，", "{batch}: the boarding is taken back.")
_WAS_DONE = Text("{batch}：上车登记此前已撤回，没有再改", "{batch}: the boarding was taken back before")
_NO_LONGER = Text(
    "已上车的 {one.num_boarded} 人、未到的 {one.num_absent} 人、现场增补 {one.num_walk_ups} 人不再算数",
    "{one.num_boarded} on board, {one.num_absent} absent and {one.num_walk_ups} walk-ups count no longer",
)
_STATE = Text("{batch} 恢复为“{state}”", "{batch} is {state} again")
_LEFT = Text(
    "其中 {num} 人登记未到后，后来的方案已另作安排：下次排车时有空座再排回，现在在哪里见 returnplan explain",
    "{num} of those entered as absent have had their seat given up by a later plan: the next one gives them a free "
    "seat; where they are now: returnplan explain",
)
_AGREE = Text("照此办理：同样的命令加 --yes", "to do so: the same command with --yes")
_NEXT = Text(
    "电话、派车单和名单又包括这趟车：returnplan notify、dispatch、manifest",
    "calls, orders and papers have it again: returnplan notify, dispatch, manifest",
)

_HELP = Text(
    """读回勾过的名单和签收单：谁上车、谁未到、谁到岗

写出未到名单、回访表、补贴名单、免费乘车名单、车费结算，以及写成报名表的现场增补名单。没有到场的人等候下一个方案。登记错了：勾错人的，改正名单再读一次(确实没上车的写“确认未到”)；
读错名单的，--undo 撤回。""",
    """Read marked manifests and receipts: who boarded, was absent, arrived.

Writes who was absent (未到名单), the call-back sheet (回访), the subsidy list (补贴名单), who rode free
(免费乘车名单), what each carrier is owed (车费结算) and the walk-ups (现场增补) as a sign-up list.
Absent people wait for the next plan again. If something wrong was entered: correct the paper and read it again (who was
not on board: 'surely absent'), or take the boarding of a batch back (--undo).""",
)


@command("board", _HELP, "returnplan board 回收/*.xlsx --out 上车后")
@click.argument("files", nargs=-1, type=FILE, metavar="[FILE...]")
@option(
    "--out",
    type=FILE,
    default=Path("boarded"),
    show_default=True,
    words=Text("放名单的文件夹。", "Folder for the lists."),
)
@option(
    "--yes",
    is_flag=True,
    words=Text(
        "没到出发日期的车，也登记；和 --undo 一起：照此撤回。",
        "Enter papers though the day of their batch has not come yet; with --undo: do it.",
    ),
)
@option(
    "--undo",
    metavar="BATCH",
    words=Text("撤回这趟车最近一次上车登记。", "Take back what was entered last of a batch."),
)
@shared_options
def run(setup: Setup, files: tuple[Path, ...], out: Path, yes: bool, undo: str | None) -> int:
    """Carry out ``returnplan board``."""
    if bool(files) == bool(undo):
        raise BadCall(
            Text("请写名单文件，或单独写 --undo 和号车", "give marked papers, or --undo and a batch alone")
        )
    if undo:
        return _take_back(setup, undo, out, yes=yes)
    from returnplan.usecases.board import board

    outcome = board(setup.campaign, files, out, yes=yes)
    lang = setup.lang or outcome.header.lang
    counts = {status: outcome.counts[status] for status in ("absent", "arrived", "other_factory")}
    click.echo(_HERE.filled(lang, here=outcome.here, **counts))
    click.echo(_SO_FAR.filled(lang, so_far=outcome.so_far))
    for path in outcome.paths:
        click.echo(str(path))
    if persons := outcome.after_all:
        say_note(_AFTER_ALL.filled(lang, num=len(persons), persons=", ".join(map(str, persons))))
    if outcome.unknown:
        say_note(_UNKNOWN.filled(lang, persons=", ".join(map(str, outcome.unknown))))
    if outcome.num_astray:
        say_note(_ASTRAY.filled(lang, num=outcome.num_astray))
    for batch, num in outcome.crossed_only.items():
        say_note(_CROSSED_ONLY.filled(lang, batch=batch, num=num))
    for batch, num in outcome.absent_before.items():
        say_note(_ABSENT_BEFORE.filled(lang, batch=batch, num=num))
    say_faults(outcome.faults, lang)
    return 0


def _take_back(setup: Setup, batch: str, out: Path, *, yes: bool) -> int:
    from returnplan.usecases.unboard import undo_boarding

    outcome = undo_boarding(setup.campaign, batch, out, yes=yes)
    lang = setup.lang or outcome.header.lang
    if outcome.was_done:
        click.echo(_WAS_DONE.filled(lang, batch=batch))
    else:
        click.echo((_PROPOSED if outcome.is_proposal else _DONE).filled(lang, batch=batch))
        click.echo(_NO_LONGER.filled(lang, one=outcome.no_longer))
    for one in outcome.batches:
        click.echo(_STATE.filled(lang, batch=one.id, state=STATES[one.state].say(lang)))
    for path in outcome.paths:
        click.echo(str(path))
    if num := outcome.no_longer.num_left:
        say_note(_LEFT.filled(lang, num=num))
    say_notes([*outcome.notes, _AGREE if outcome.is_proposal else _NEXT], lang)
    return 0
