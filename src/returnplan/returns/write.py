"""Source files with faults to workbooks that go back to whoever sent them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath

from returnplan.faults import Fault
from returnplan.intake import SheetReport
from returnplan.outfiles import Notes, write_whole
from returnplan.pages import Column, Grid, Line, Page, render, style
from returnplan.pages.layout import Part, spread
from returnplan.reading.sheet import LETTER
from returnplan.returns.copy import marked_copy, say_fault
from returnplan.sheets.files import RETURNED, shown_names
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Table
from returnplan.texts import Lang, Text

_SEVERITY = {"error": Text("错误", "error"), "warning": Text("提醒", "warning")}


def write_returns(
    paths: Sequence[Path],
    sheets: Sequence[SheetReport],
    faults: Sequence[Fault],
    folder: Path,
    *,
    lang: Lang,
    notes: Notes | None = None,
) -> list[Path]:
    """Write one workbook for each file that has a fault.

    Parameters
    ----------
    paths : the files that were read, in that order
    sheets : how their sheets were understood
    faults : all findings; those of other files are passed over
    folder : where
    lang : of the reasons
    notes : told when a file had to take another name because a program holds the old one open

    Returns
    -------
    The workbooks, in the order of their sources.

    Raises
    ------
    InputRefused : a source can no longer be read
    StoreError : the folder or the disk refuses
    """
    faults_of = _by_place(faults, lambda fault: fault.file)
    sources = [
        (path, name) for path, name in zip(paths, shown_names(paths), strict=True) if name in faults_of
    ]
    header_rows = {(report.file, report.sheet): report.header_row for report in sheets}
    written = []
    for (_, name), tables in zip(sources, read_tables([path for path, _ in sources]), strict=True):
        own = faults_of[name]
        pages: list[Page | Grid] = [_letter(name, own, lang), *_copies(tables, header_rows, own, lang)]
        written.append(write_whole(folder / _return_file(name), render(pages), notes))
    return written


def _by_place(faults: Iterable[Fault], place: Callable[[Fault], str]) -> dict[str, list[Fault]]:
    groups: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        groups[place(fault)].append(fault)
    return dict(groups)


def _copies(
    tables: Iterable[Table],
    header_rows: Mapping[tuple[str, str], int | None],
    faults: Iterable[Fault],
    lang: Lang,
) -> list[Grid]:
    faults_of = _by_place(faults, lambda fault: fault.sheet)
    return [
        marked_copy(table, header_rows.get((table.file, table.sheet)), faults_of.get(table.sheet, []), lang)
        for table in tables
        if not table.is_hidden
    ]


def _letter(name: str, faults: Sequence[Fault], lang: Lang) -> Page:
    """Return the first sheet: what to do, and every finding of the file."""
    columns = (
        Column(
            Text("级别", "Severity").say(lang), 8, [_SEVERITY[fault.severity].say(lang) for fault in faults]
        ),
        Column(Text("工作表", "Sheet").say(lang), 16, [fault.sheet for fault in faults]),
        Column(Text("单元格", "Cell").say(lang), 9, [fault.cell for fault in faults]),
        Column(Text("内容", "Value").say(lang), 24, [fault.value for fault in faults]),
        Column(
            Text("问题和改法", "What is wrong, how to mend it").say(lang),
            70,
            [say_fault(fault, lang) for fault in faults],
            style.PLAIN,
        ),
    )
    title = Text(f"{name} 退回修改", f"{name}: please correct").say(lang)
    what_to_do = Text(
        "红色单元格有错误,这些人暂未安排;黄色的请核对。改好后保存,用这个文件原样报回(不要改文件名),它会代替原来那一份。",
        "Cells in red are wrong and their people are not planned; please look at those in yellow. Correct them, "
        "save, and send this very file back under its name: it takes the place of the first one.",
    ).say(lang)
    widths = [column.width for column in columns]
    top = (
        spread([Part(title, style.TITLE)], widths, 30),
        spread([Part(what_to_do, style.PLAIN)], widths),
        Line((), 6),
    )
    return Page(LETTER.say(lang), columns, top, row_height_pt=18, footer="&C&P / &N")


def _return_file(shown: str) -> PurePath:
    """Return the name under which a file goes back, in the folder by which it is told from a namesake."""
    path = PurePosixPath(shown)
    folder = PurePath() if path.is_absolute() else PurePath(path.parent)
    suffix = "" if path.suffix.lower() == ".xlsx" else ".xlsx"
    return folder / f"{RETURNED}{path.name}{suffix}"
