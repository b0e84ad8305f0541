"""``returnplan check``: every fault of the files, and what was understood."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from returnplan.cli.bilingual import BadCall, command, option
from returnplan.cli.console import print_json, progress_bar, say_error, say_notes, table_console
from returnplan.cli.options import DAY, FILE, Setup, input_options, shared_options
from returnplan.cli.render.faults import fault_lines
from returnplan.cli.render.listing import Column, Listing, draw
from returnplan.contract import View, check_json
from returnplan.model.errors import InputRefused
from returnplan.model.intake import SheetReport
from returnplan.model.records import SheetKind
from returnplan.model.texts import Lang, Text
from returnplan.usecases.campaign import Inputs

if TYPE_CHECKING:
    from returnplan.usecases.check import CheckOutcome

_MEND = Text(
    "下一步：改正后再检查一次；要退回乡镇，加 --report 退回，有问题的文件各出一份退回表",
    "next: mend and check again; --report DIR writes a copy of each file with findings to send back",
)
_PLAN = Text("下一步：returnplan plan，文件同上", "next: returnplan plan with the same files")

_HELP = Text(
    """只读取和检查，列出每一处问题

FILES 是报名、用工需求、车辆、地点的工作簿，或放着它们的文件夹；工作表属于哪一种看表头。
每一处问题都写明文件、工作表、单元格、原值、错在哪里、怎样改正。""",
    """Read and validate only; list every fault.

FILES are workbooks of sign-ups, demand, fleet and places, or folders of them: the headers of a sheet tell its kind.
Every fault names its file, sheet and cell, what stands there, what is wrong and how to mend it.""",
)


@command("check", _HELP, "returnplan check 报名表.xlsx 用工需求.xlsx")
@input_options
@option(
    "--as-of", type=DAY, words=Text("今天的日期，用来判断哪些日期已过。", "Today, for dates that are past.")
)
@option(
    "--json",
    "as_json",
    is_flag=True,
    words=Text("用 JSON 输出工作表和问题。", "Print the sheets and faults as JSON."),
)
@option(
    "--unmask",
    is_flag=True,
    words=Text("姓名、身份证号码、电话不打星号。", "Show names, ID numbers and phones in full."),
)
@option(
    "--report",
    "report_dir",
    type=FILE,
    words=Text(
        "把有问题的文件各写一份退回表，放进这个文件夹。", "Folder for one workbook a faulty file (退回-…)."
    ),
)
@option(
    "--strict", is_flag=True, words=Text("有任何问题时，退出码为 1。", "Exit 1 when there is any finding.")
)
@shared_options
def run(
    setup: Setup,
    inputs: Inputs,
    as_of: date | None,
    as_json: bool,
    unmask: bool,
    report_dir: Path | None,
    strict: bool,
) -> int:
    """Carry out ``returnplan check``."""
    from returnplan.usecases.check import check, send_back

    if not (inputs.files or inputs.added):
        raise BadCall(Text("请写明报名表或文件夹", "name the sign-up workbooks, or a folder of them"))
    with progress_bar(quiet=setup.quiet or as_json, lang=setup.lang) as progress:
        outcome = check(setup.campaign, inputs, as_of=as_of, progress=progress)
    view = View(setup.lang or outcome.intake.lang, unmask)
    if as_json:
        print_json(check_json(outcome.intake.sheets, outcome.faults, view))
    else:
        _print(outcome, view)
    returned = send_back(outcome, report_dir, view.lang) if report_dir else []
    if outcome.refusal_below_faults:
        say_error(outcome.refusal_below_faults, view.lang)
    if not setup.quiet:
        papers = [Text(f"退回表：{path}", f"to send back: {path}") for path in returned]
        say_notes((*outcome.notes, *(papers or [_next(outcome)])), view.lang)
    if outcome.refusal_below_faults:
        return InputRefused.exit_code
    return int(strict and bool(outcome.faults))


def _next(outcome: "CheckOutcome") -> Text:
    return _MEND if any(fault.severity == "error" for fault in outcome.faults) else _PLAN


def _print(outcome: "CheckOutcome", view: View) -> None:
    console = table_console()
    console.print(draw(sheets_listing(outcome.intake.sheets, view.lang), view.lang))
    for line in fault_lines(outcome.faults, view, num_most=None):
        console.print(line)


_KINDS: dict[SheetKind, Text] = {
    "signups": Text("报名", "sign-ups"),
    "demand": Text("用工需求", "demand"),
    "fleet": Text("车辆", "fleet"),
    "rail": Text("铁路", "rail"),
    "places": Text("地点", "places"),
    "distances": Text("里程", "distances"),
    "pickups": Text("上车点", "pick-ups"),
    "named": Text("返岗名单", "employer's list"),
}
_UNKNOWN = Text("未识别", "not recognised")
_COLUMNS = (
    Column(Text("文件", "file")),
    Column(Text("工作表", "sheet")),
    Column(Text("类型", "kind")),
    Column(Text("表头行", "header row"), is_number=True),
    Column(Text("行数", "rows"), is_number=True),
    Column(Text("接受", "accepted"), is_number=True),
    Column(Text("未读人数", "people not read"), is_number=True),
)


def sheets_listing(sheets: tuple[SheetReport, ...], lang: Lang) -> Listing:
    """Return one row a sheet but for those that explain a form: file, sheet, kind, header row, counts."""
    from returnplan.reading.sheet import EXPLAINING  # numpy, which --help does without

    rows = [
        (
            sheet.file,
            sheet.sheet,
            (_KINDS.get(sheet.kind, _UNKNOWN) if sheet.kind else _UNKNOWN).say(lang),
            sheet.header_row or "",
            sheet.rows,
            sheet.accepted,
            sheet.not_read or "",
        )
        for sheet in sheets
        if sheet.sheet not in EXPLAINING
    ]
    num_columns = len(_COLUMNS) - (
        not any(sheet.not_read for sheet in sheets)
    )  # the last only where it says something
    title = Text("读到的工作表", "sheets")
    return Listing(title, _COLUMNS[:num_columns], [row[:num_columns] for row in rows])
