"""The region's workbook: home cities, offices, flows, days, and each file with what was read of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from returnplan.model.texts import Lang, Text
from returnplan.papers.pages import Column, Line, Page, Part, Printing, Value, spread, style
from returnplan.papers.rollup.sentence import press_note
from returnplan.papers.rollup.table import Source, Sum, Table
from returnplan.papers.wording import in_beijing, say_division

_DAY = replace(style.CENTER, number_format="yyyy-mm-dd")
_MINUTE = replace(style.CENTER, number_format="yyyy-mm-dd hh:mm")
_TOTAL = Text("合计", "Total")
_UNKNOWN = Text("未注明", "not told")
_HOME = Text("来源市", "From")
_CITY = Text("目的城市", "To")

_Read = Callable[[Sum], Value]
_FIGURES: tuple[tuple[Text, _Read], ...] = (
    (Text("计划汽车(辆)", "Coaches planned"), lambda line: line.coaches),
    (Text("计划列车(列)", "Trains planned"), lambda line: line.trains),
    (Text("计划人数", "People planned"), lambda line: line.people),
    (Text("已发汽车(辆)", "Coaches sent"), lambda line: line.coaches_sent),
    (Text("已发列车(列)", "Trains sent"), lambda line: line.trains_sent),
    (Text("已发人数", "People sent"), lambda line: line.sent),
    (Text("未到人数", "Did not come"), lambda line: line.absent),
)
_CLASSES: tuple[tuple[Text, _Read], ...] = (
    (Text("计划脱贫人口", "Out of poverty, planned"), lambda line: line.out_of_poverty),
    (Text("计划监测对象", "Monitored, planned"), lambda line: line.monitored),
    (Text("已发脱贫人口", "Out of poverty, sent"), lambda line: line.out_of_poverty_sent),
    (Text("已发监测对象", "Monitored, sent"), lambda line: line.monitored_sent),
)
_OF_DAY: tuple[tuple[Text, _Read], ...] = (
    (Text("{day}汽车", "Coaches {day}"), lambda line: line.coaches_sent),
    (Text("{day}列车", "Trains {day}"), lambda line: line.trains_sent),
    (Text("{day}发送人数", "Sent {day}"), lambda line: line.sent),
)
_SHARE = Text("完成", "Done")


def rollup_pages(table: Table, lang: Lang) -> list[Page]:
    """Return the sheets: by home city with the press note, offices, flows, days, files."""
    return [
        _homes(table, lang),
        _offices(table, lang),
        _flows(table, lang),
        _days(table, lang),
        _files(table.sources, lang),
    ]


def _homes(table: Table, lang: Lang) -> Page:
    groups = table.by(lambda line: line.home)
    sums = [*(Sum.of(lines) for lines in groups.values()), table.whole()]
    today = [*(table.of_day(lines) for lines in groups.values()), table.of_day(table.lines)]
    day = f"{table.day:%m-%d}" if table.day else ""
    columns = [
        Column(_HOME.say(lang), 16, [*_named(groups, lang), _TOTAL.say(lang)], style.CENTER),
        *_columns(_FIGURES, sums, lang),
        Column(
            _SHARE.say(lang),
            9,
            [line.sent / line.people if line.people else None for line in sums],
            style.SHARE,
        ),
    ]
    if table.day:
        columns += _columns(_OF_DAY, today, lang, day)
    if (whole := table.whole()).out_of_poverty or whole.monitored:
        columns += _columns(_CLASSES, sums, lang)
    widths = [column.width for column in columns]
    title = Text("返岗运输汇总表", "Return transport of the region").say(lang)
    top = (
        spread([Part(title, style.TITLE)], widths, 30),
        spread([Part(press_note(table, lang), style.PLAIN)], widths, 40),
        Line((), 6),
    )
    return _page(Text("汇总", "Summary"), columns, lang, top)


def _offices(table: Table, lang: Lang) -> Page:
    sums = [*(Sum.of(lines) for lines in table.of_office.values()), table.whole()]
    names = [*table.of_office, _TOTAL.say(lang)]
    columns = [
        Column(Text("单位", "Office").say(lang), 30, names, style.SMALL_LEFT),
        *_columns(_FIGURES, sums, lang),
    ]
    return _page(Text("各单位", "Offices"), columns, lang)


def _flows(table: Table, lang: Lang) -> Page:
    groups = table.by(lambda line: (line.home, line.city))
    sums = [*(Sum.of(lines) for lines in groups.values()), table.whole()]
    homes = [*_named((home for home, _ in groups), lang), _TOTAL.say(lang)]
    columns = [
        Column(_HOME.say(lang), 16, homes, style.CENTER),
        Column(_CITY.say(lang), 14, [*_named((city for _, city in groups), lang), None], style.CENTER),
        *_columns(_FIGURES, sums, lang),
    ]
    return _page(Text("流向", "Flows"), columns, lang)


def _days(table: Table, lang: Lang) -> Page:
    groups = table.by(lambda line: (line.date is None, line.date))
    sums = [*(Sum.of(lines) for lines in groups.values()), table.whole()]
    days = [*(day or _UNKNOWN.say(lang) for _, day in groups), _TOTAL.say(lang)]
    columns = [Column(Text("日期", "Date").say(lang), 14, days, _DAY), *_columns(_FIGURES, sums, lang)]
    return _page(Text("每天", "Days"), columns, lang)


def _files(sources: Sequence[Source], lang: Lang) -> Page:
    accounts = [source.told.account for source in sources]
    counted = Text("计入", "counted").say(lang), Text("没有计入", "not counted").say(lang)
    columns = [
        Column(
            Text("文件", "File").say(lang), 30, [source.told.file for source in sources], style.SMALL_LEFT
        ),
        Column(
            Text("单位", "Office").say(lang),
            20,
            [one.office if one else None for one in accounts],
            style.SMALL_LEFT,
        ),
        Column(
            Text("方案", "Plan").say(lang), 14, [one.run if one else None for one in accounts], style.SMALL
        ),
        Column(
            Text("排出时间", "Made at").say(lang),
            16,
            [in_beijing(one.made_at) if one else None for one in accounts],
            _MINUTE,
        ),
        Column(
            Text("计划人数", "People planned").say(lang),
            12,
            [Sum.of(one.lines).people if one else None for one in accounts],
            style.FIGURE,
        ),
        Column(
            Text("是否计入", "Counted").say(lang),
            12,
            [counted[not source.is_counted] for source in sources],
            style.CENTER,
        ),
        Column(
            Text("说明", "Remark").say(lang),
            50,
            [source.remark.say(lang) for source in sources],
            style.SMALL_LEFT,
        ),
    ]
    return _page(Text("报送文件", "Files"), columns, lang)


def _page(name: Text, columns: Sequence[Column], lang: Lang, top: tuple[Line, ...] = ()) -> Page:
    return Page(name.say(lang), tuple(columns), top, row_height_pt=18, printing=Printing(lang=lang))


def _columns(
    figures: Sequence[tuple[Text, _Read]], sums: Sequence[Sum], lang: Lang, day: str = ""
) -> list[Column]:
    return [
        Column(header.filled(lang, day=day), 12, [read(line) for line in sums], style.FIGURE)
        for header, read in figures
    ]


def _named(names: Iterable[str], lang: Lang) -> list[str]:
    """Return homes and cities; full in Chinese, for the region knows them so."""
    return [(name if lang == "zh" else say_division(name, lang)) or _UNKNOWN.say(lang) for name in names]
