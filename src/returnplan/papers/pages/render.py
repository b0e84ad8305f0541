"""Sheets to the bytes of an .xlsx workbook; the only place that knows its format.

It is written here and by no library: none of those that write one fast can format cells one by one, join them, name
and print them, and the one that can takes three times as long for the papers of a province (``benchmarks/papers.md``).
The format is ECMA-376; what stands in it is what Excel itself needs, and no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import escape

from returnplan.papers.pages.cells import place_of
from returnplan.papers.pages.chart import chart_xml, drawing_xml, quoted
from returnplan.papers.pages.container import Packed, mark_formulas, pack, seal, zipped
from returnplan.papers.pages.limits import MOST_ROWS, linkable, sheet_names
from returnplan.papers.pages.looks import Looks, styles_xml
from returnplan.papers.pages.page import Grid, Page
from returnplan.papers.pages.sheet import XML, grid_xml, header_row_of, page_xml

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = {
    "worksheets/sheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "drawings/drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "charts/chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}
"""What the numbered parts of a workbook are."""

_HIDDEN = {"_FilterDatabase": ' hidden="1"'}
"""Of Excel's names, the one that nobody sees."""
_ABOUT = (
    f'{XML}<Properties xmlns="{_OFFICE.replace("relationships", "extended-properties")}">'
    "<Application>Microsoft Excel</Application></Properties>"
)
"""LibreOffice makes columns as wide as Excel does only where this stands, else some narrower."""


def render(pages: Sequence[Page | Grid], marks: Mapping[str, str] | None = None) -> bytes:
    """Return an .xlsx workbook, the same bytes for the same content.

    Parameters
    ----------
    pages : its sheets, in order
    marks : name -> text, to know the file again (:func:`~returnplan.papers.pages.container.read_marks`)
    """
    sheets = [part for page in pages for part in (_parts(page) if isinstance(page, Page) else [page])]
    names = sheet_names(sheet.name for sheet in sheets)
    sheets = [
        sheet if sheet.name == name else replace(sheet, name=name)
        for sheet, name in zip(sheets, names, strict=True)
    ]
    looks, own = Looks(), dict[str, Packed]()
    num_drawings, num_charts = 0, 0
    for number, sheet in enumerate(sheets, 1):
        is_first = number == 1
        if isinstance(sheet, Grid):
            texts = grid_xml(sheet, looks, is_first=is_first)
        else:
            texts = page_xml(sheet, looks, is_first=is_first)
        own[f"xl/worksheets/sheet{number}.xml"] = pack(texts)
        relations = _links(sheet) if isinstance(sheet, Page) else []
        if isinstance(sheet, Page) and sheet.charts and sheet.num_rows:
            num_drawings += 1
            relations.append(_relation("drawing", f"../drawings/drawing{num_drawings}.xml"))
            own[f"xl/drawings/drawing{num_drawings}.xml"] = pack([drawing_xml(sheet)])
            charts = []
            for chart in sheet.charts:
                num_charts += 1
                charts.append(_relation("chart", f"../charts/chart{num_charts}.xml"))
                own[f"xl/charts/chart{num_charts}.xml"] = pack([chart_xml(chart, sheet)])
            own[f"xl/drawings/_rels/drawing{num_drawings}.xml.rels"] = pack([_relations(charts)])
        if relations:
            own[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = pack([_relations(relations)])
    sealed = {**marks, **seal({name: part.checksum for name, part in own.items()})} if marks else {}
    return zipped(
        {
            **_frame(len(sheets), num_drawings, num_charts),
            "xl/workbook.xml": pack([_workbook_xml(sheets, mark_formulas(sealed))]),
            "xl/styles.xml": _styles(looks.in_order()),
            **own,
        }
    )


def _parts(page: Page) -> list[Page]:
    """Return the page, continued on further sheets where it has more rows than a sheet takes."""
    most = MOST_ROWS - len(page.top) - len(page.bottom) - 1
    return (
        [page]
        if page.num_rows <= most
        else [
            replace(
                page, columns=tuple(replace(c, values=c.values[first : first + most]) for c in page.columns)
            )
            for first in range(0, page.num_rows, most)
        ]
    )


def _workbook_xml(sheets: Sequence[Page | Grid], marks: Mapping[str, str]) -> str:
    """Return the part that names the sheets, and in them what is filtered and what is printed."""
    named = []
    listed = []
    for index, sheet in enumerate(sheets):
        hidden = ' state="hidden"' if isinstance(sheet, Page) and sheet.hidden else ""
        listed.append(
            f'<sheet name="{escape(sheet.name)}" sheetId="{index + 1}"{hidden} r:id="rId{index + 1}"/>'
        )
        if isinstance(sheet, Page) or sheet.num_frozen:
            named += [
                f'<definedName name="_xlnm.{name}" localSheetId="{index}"{_HIDDEN.get(name, "")}>'
                f"{escape(quoted(sheet.name), quote=False)}!{place}</definedName>"
                for name, place in _names(sheet)
            ]
    named += [
        f'<definedName name="{name}">{escape(formula, quote=False)}</definedName>'
        for name, formula in sorted(marks.items())
    ]
    return "".join(
        (
            f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews>',
            '<workbookView xWindow="240" yWindow="15" windowWidth="16095" windowHeight="9660"/></bookViews>',
            f"<sheets>{''.join(listed)}</sheets>",
            f"<definedNames>{''.join(named)}</definedNames>" if named else "",
            "</workbook>",
        )
    )


def _names(sheet: Page | Grid) -> list[tuple[str, str]]:
    """Return Excel's names for parts of a sheet, and where they are."""
    if isinstance(sheet, Grid):
        return [("Print_Titles", f"$1:${sheet.num_frozen}")]
    page = sheet
    header_row, last_row = header_row_of(page), header_row_of(page) + max(1, page.num_rows)
    names = [("Print_Titles", f"${header_row + 1}:${header_row + 1}")]
    if page.printing.num_columns:
        end = header_row + page.num_rows + len(page.bottom)
        names.insert(0, ("Print_Area", place_of(0, 0, end, page.printing.num_columns - 1, "$")))
    if page.filterable:
        cells = place_of(header_row, 0, last_row, len(page.columns) - 1, "$")
        names.insert(0, ("_FilterDatabase", cells))
    return names


@cache
def _styles(looks: tuple[tuple[object, ...], ...]) -> Packed:
    return pack([styles_xml(looks)])


@cache
def _frame(num_sheets: int, num_drawings: int, num_charts: int) -> dict[str, Packed]:
    """Return the parts that say which parts there are."""
    numbers = zip(_KINDS, (num_sheets, num_drawings, num_charts), strict=True)
    parts = {
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "/xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
        **{f"/xl/{name}{n + 1}.xml": _KINDS[name] for name, number in numbers for n in range(number)},
    }
    about = _relation("extended-properties", "docProps/app.xml")
    overrides = (f'<Override PartName="{path}" ContentType="{kind}"/>' for path, kind in parts.items())
    sheets = [_relation("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(num_sheets)]
    return {
        "[Content_Types].xml": pack(
            [
                f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
            ]
        ),
        "_rels/.rels": pack([_relations([_relation("officeDocument", "xl/workbook.xml"), about])]),
        "docProps/app.xml": pack([_ABOUT]),
        "xl/_rels/workbook.xml.rels": pack([_relations([*sheets, _relation("styles", "styles.xml")])]),
    }


def _links(page: Page) -> list[str]:
    """Return the relation of each link of a page, in the order in which the sheet numbers them."""
    return [
        _relation("hyperlink", linkable(link), is_outside=True)
        for column in page.columns
        for link in column.links
        if link
    ]


def _relation(kind: str, target: str, *, is_outside: bool = False) -> str:
    mode = ' TargetMode="External"' if is_outside else ""
    return f'Type="{_OFFICE}/{kind}" Target="{escape(target)}"{mode}/>'


def _relations(relations: Sequence[str]) -> str:
    """Return the part that numbers what another part refers to."""
    numbered = (f'<Relationship Id="rId{n}" {relation}' for n, relation in enumerate(relations, 1))
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(numbered)}</Relationships>'
