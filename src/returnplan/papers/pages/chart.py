"""Native charts of a sheet: the drawing that holds them, and each one."""

from html import escape

from returnplan.papers.pages.cells import place_of
from returnplan.papers.pages.page import Chart, Page
from returnplan.papers.pages.sheet import ROW_PT, XML, header_row_of

_HEIGHT_DOTS = 260
_ROWS = 15
"""Rows that a chart covers, and some air."""
_DOT, _DOTS_A_POINT = 9525, 4 / 3
"""The length of a dot as drawings count it; 96 dots are 72 points."""
_BAR, _AXIS = "4F81BD", "868686"
"""Colours; without them they would be those of a theme, which our workbooks do not have."""
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CATEGORIES, _VALUES = 1, 2
"""The numbers by which the two axes know each other."""


def _solid(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


_TICKS = '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
_LINE = f"<c:spPr><a:ln>{_solid(_AXIS)}</a:ln></c:spPr>"


def drawing_xml(page: Page) -> str:
    """Return the part that places a page's charts one below the other, under all of its rows; each is its relation."""
    below = header_row_of(page) + page.num_rows + 2 + len(page.bottom)
    row_dots = (page.row_height_pt or ROW_PT) * _DOTS_A_POINT
    num_rows, rest = divmod(_HEIGHT_DOTS, row_dots)
    frames = []
    for at in range(len(page.charts)):
        top = below + at * _ROWS
        frames.append(
            f"<xdr:twoCellAnchor><xdr:from>{_corner(0, top, 0)}</xdr:from>"
            f"<xdr:to>{_corner(len(page.columns), top + int(num_rows), rest)}</xdr:to>"
            '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
            f'<xdr:cNvPr id="{at + 2}" name="Chart {at + 1}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
            '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
            f'<a:graphic><a:graphicData uri="{_MAIN}/chart">'
            f'<c:chart xmlns:c="{_MAIN}/chart" xmlns:r="{_RELATIONS}" r:id="rId{at + 1}"/></a:graphicData></a:graphic>'
            "</xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
        )
    names = f'xmlns:xdr="{_MAIN}/spreadsheetDrawing" xmlns:a="{_MAIN}/main"'
    return f"{XML}<xdr:wsDr {names}>{''.join(frames)}</xdr:wsDr>"


def _corner(column: int, row: int, dots_below: float) -> str:
    """Return a corner of a chart: so far below the upper left one of a cell."""
    return (
        f"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{round(dots_below * _DOT)}</xdr:rowOff>"
    )


def chart_xml(chart: Chart, page: Page) -> str:
    """Return a chart of columns whose bars begin at 0: bars that start elsewhere mislead."""
    headers = [column.header for column in page.columns]
    num_bars = page.num_rows - chart.num_totals
    first = header_row_of(page) + 1

    def of(header: str) -> str:
        column = headers.index(header)
        cells = place_of(first, column, first + num_bars - 1, column, "$")
        return f"<c:f>{escape(quoted(page.name), quote=False)}!{cells}</c:f>"

    at = headers.index(chart.categories)
    kind = "strRef" if isinstance(page.columns[at].values[0], str) else "numRef"
    series = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>{escape(chart.bars)}</c:v></c:tx>'
        f'<c:spPr>{_solid(_BAR)}</c:spPr><c:invertIfNegative val="0"/>'
        f"<c:cat><c:{kind}>{of(chart.categories)}</c:{kind}></c:cat>"
        f"<c:val><c:numRef>{of(chart.bars)}</c:numRef></c:val></c:ser>"
    )
    title = (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr/></a:pPr><a:r>"
        f'<a:t>{escape(chart.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
    return "".join(
        (
            f'{XML}<c:chartSpace xmlns:c="{_MAIN}/chart" xmlns:a="{_MAIN}/main"><c:chart>{title}',
            '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>',
            f'<c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="150"/>',
            f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>',
            f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="minMax"/></c:scaling>',
            f'<c:delete val="0"/><c:axPos val="b"/>{_format(chart.category_format)}{_TICKS}',
            f'{_LINE}<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>',
            '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>',
            f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>',
            f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{_LINE}</c:majorGridlines>',
            _format(chart.value_format),
            f'{_TICKS}{_LINE}<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/>',
            '<c:crossBetween val="between"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/>',
            "</c:chart></c:chartSpace>",
        )
    )


def quoted(sheet_name: str) -> str:
    """Return the name of a sheet as formulas have it."""
    return "'{}'".format(sheet_name.replace("'", "''"))


def _format(code: str) -> str:
    own = f'formatCode="{escape(code)}" sourceLinked="0"' if code else 'formatCode="General" sourceLinked="1"'
    return f"<c:numFmt {own}/>"
