"""How each sheet was understood."""

from returnplan.cli.render.listing import Column, Listing
from returnplan.model.intake import SheetReport
from returnplan.model.records import SheetKind
from returnplan.model.texts import Lang, Text

_KINDS: dict[SheetKind, Text] = {
    "signups": Text("报名", "sign-ups"),
    "demand": Text("用工需求", "demand"),
    "fleet": Text("车辆", "fleet"),
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
