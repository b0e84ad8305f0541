"""Source files with faults to workbooks that go back to the people who sent them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath
from zlib import crc32

from returnplan.model.faults import Fault
from returnplan.model.intake import SheetReport
from returnplan.model.texts import Lang, Text
from returnplan.papers.outfiles import Notes, write_whole
from returnplan.papers.pages import Column, Grid, Line, Page, Part, file_stem, render, spread, style
from returnplan.papers.sent_back.copy import has_room, marked_copy, say_fault
from returnplan.reading.sheet import LETTER
from returnplan.sheets.files import RETURNED, shown_names
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Table, whole_sheet

_MOST_LISTED = 20_000
"""So many findings stand in the letter; the copies say all that have a cell."""

_MOST_NAME_BYTES = 225

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
    header_rows = {(report.file, whole_sheet(report.sheet)): report.header_row for report in sheets}
    written = []
    for (_, name), tables in zip(sources, read_tables([path for path, _ in sources]), strict=True):
        own = faults_of[name]
        worst_first = sorted(own, key=lambda fault: (bool(fault.cell), fault.severity))
        listed = worst_first[:_MOST_LISTED]  # the copies show the others
        hint = _what_to_do(name, tables, own, len(own) - len(listed))
        pages: list[Page | Grid] = [
            _letter(name, hint, listed, lang),
            *_copies(tables, header_rows, own, lang),
        ]
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
    faults_of = _by_place(faults, lambda fault: whole_sheet(fault.sheet))
    copies = []
    for table in tables:
        sheet = whole_sheet(table.sheet)
        header_row = header_rows.get((table.file, sheet))
        is_letter = table.sheet in LETTER and header_row is None  # of the last time: a file may go back twice
        if not table.is_hidden and not is_letter and has_room(table):
            copies.append(marked_copy(table, header_row, faults_of.get(sheet, []), lang))
    return copies


def _what_to_do(name: str, tables: Iterable[Table], faults: Sequence[Fault], num_more: int) -> Text:
    """Return what the receiver should know; ``num_more`` findings are not listed below it."""
    too_long = "、".join(table.sheet for table in tables if not has_room(table))
    severities = {fault.severity for fault in faults}
    marks = {fault.severity for fault in faults if fault.cell}
    sentences = [
        *([_RED] if "error" in marks else []),
        *([_YELLOW] if "warning" in marks else []),
        *([_NO_NEED] if "error" not in severities else []),
        _SEND_BACK
        if _return_file(name).name.startswith(RETURNED + PurePosixPath(name).name)
        else _SEND_ALONE,
        *([_more(num_more)] if num_more > 0 else []),
        *(
            [
                Text(
                    f"“{too_long}”的行数超过 Excel 的上限，没有附上；请在原来的文件里改。",
                    f"{too_long} has more rows than Excel takes and is not enclosed: correct the first file.",
                )
            ]
            if too_long
            else []
        ),
    ]
    return Text("".join(one.zh for one in sentences), " ".join(one.en for one in sentences))


_RED = Text("红色单元格有错误，这些人暂未安排。", "Cells in red are wrong and their people are not planned.")
_YELLOW = Text("黄色单元格请核对。", "Please look at the cells in yellow.")
_NO_NEED = Text(
    "没有必须改的错误，无误则不必报回。", "There is no error: if all is right, nothing has to be sent back."
)
_SEND_BACK = Text(
    "改好后保存，用这个文件原样报回(不要改文件名)，它会代替原来那一份。",
    "Correct them, save, and send this very file back under its name: it takes the place of the first one.",
)
_SEND_ALONE = Text(
    "原来的文件名太长或不能显示，这个文件的名字不同：改好后保存并报回，同时删去原来那一份。",
    "The name of the first file is too long or cannot be shown, so this file has another: correct it, save, "
    "send it back, and delete the first one.",
)


def _more(num_more: int) -> Text:
    return Text(
        f"这里只列出前 {_MOST_LISTED} 处，另有 {num_more} 处见各表的“退回原因”。",
        f"The first {_MOST_LISTED} are listed here, {num_more} more stand in the sheets.",
    )


def _letter(name: str, hint: Text, faults: Sequence[Fault], lang: Lang) -> Page:
    """Return the first sheet: what to do, and the findings."""
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
    widths = [column.width for column in columns]
    top = (
        spread([Part(title, style.TITLE)], widths, 30),
        spread([Part(hint.say(lang), style.PLAIN)], widths),
        Line((), 6),
    )
    return Page(LETTER.say(lang), columns, top, row_height_pt=18)


def _return_file(shown: str) -> PurePath:
    """Return the name under which a file goes back, in the folder by which it is told from a namesake."""
    path = PurePosixPath(shown)
    folder = PurePath() if path.is_absolute() else PurePath(path.parent)
    name = RETURNED + path.name + ("" if path.suffix.lower() == ".xlsx" else ".xlsx")
    if _is_nameable(name):
        return folder / name
    mark = f"-{crc32(path.name.encode(errors='replace')):08x}"  # two long names may begin alike
    return folder / f"{file_stem(RETURNED + path.stem, mark)}.xlsx"


def _is_nameable(name: str) -> bool:
    """Return whether every disk takes a file name, also with a few letters more while the file is written."""
    try:
        return len(name.encode()) <= _MOST_NAME_BYTES
    except UnicodeEncodeError:  # bytes of another code page, as old ZIP files leave them
        return False
