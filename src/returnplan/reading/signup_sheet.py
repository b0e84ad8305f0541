"""The sign-up sheet (报名), declared."""

import re
from dataclasses import replace

from returnplan.model.texts import Text
from returnplan.reading.cells import (
    CellError,
    Finding,
    clean,
    is_left_open,
    is_undecided,
    lines_of_cell,
    remark,
    required,
    several,
    text,
)
from returnplan.reading.children import children_along
from returnplan.reading.dates import day, days
from returnplan.reading.ids import id_number
from returnplan.reading.layout import (
    CITIES,
    POSTS,
    SEXES,
    YES_NO,
    Asked,
    Layout,
    SheetField,
    asked_day,
    number,
    one_of,
)
from returnplan.reading.moments import moment
from returnplan.reading.no_employer import employer, wished_employer
from returnplan.reading.persons import person_name, phone
from returnplan.reading.quantities import count
from returnplan.reading.remarks import num_children_in
from returnplan.reading.whether_travels import has_left, travels
from returnplan.reading.words import sex, shuttle, yes_no
from returnplan.reading.work_place import without_empty_level
from returnplan.sheets.tables import Cell

FLAGS = ("脱贫户", "监测对象", "农村低收入", "易地搬迁")
"""Classes that may have a yes/no column of their own; the field is called as the class."""

_OF_CLASS = ("脱贫人口", "脱贫劳动力", "建档立卡", "建档立卡户", "监测户", "低收入", "易地搬迁户")
_CLASSES = frozenset(
    (*FLAGS, *_OF_CLASS, "其他", "低收入人口", "农村低收入人口", "脱贫不稳定户", "边缘易致贫户")
)
_CITY_LINES = frozenset(name for city in CITIES.split() for name in (city, city.removesuffix("市")))
_OF_NO_CLASS = ("一般", "一般户", "一般农户", "普通", "普通户", "其他", "非脱贫户", "不属于")
_STANDING = (
    *("正常", "有效", "已报名", "确认", "已确认", "未取消", "报名", "active", "ok", "confirmed"),
    *(
        "已提交",
        "提交",
        "提交成功",
        "完成",
        "已完成",
        "已填写",
        "已登记",
        "已接龙",
        "有效答卷",
        "通过",
        "审核通过",
    ),
    *("已审核", "待审核", "未审核", "submitted", "completed", "complete", "valid", "approved"),
)
_MAY_BE_CANCELLED = re.compile(r"取消|退|撤|不去|不走|作废|无效|删|cancel|withdr|invalid|[?]", re.IGNORECASE)
_CANCELLED = (
    *("取消", "已取消", "退出", "不去", "不去了", "取消报名", "放弃", "作废", "无效", "撤回", "已撤回"),
    *("不走", "不走了", "不来了", "不坐了", "已退出", "退出接龙", "取消接龙", "cancelled", "canceled"),
)
_RIDES = (
    *("乘坐", "坐", "坐车", "乘车", "参加", "报名", "已报名", "需要乘坐"),
    *(
        "包车",
        "专车",
        "专列",
        "返岗专车",
        "返岗专列",
        "政府包车",
        "政府专车",
        "免费专车",
        "大巴",
        "大巴车",
        "客车",
        "汽车",
    ),
    *("统一乘车", "统一安排", "集中乘车", "集中出行", "点对点", "点对点专车", "点对点包车", "coach", "bus"),
)
_OWN_TRANSPORT = (
    *("不乘坐", "不坐", "自行前往", "自行", "自行返岗", "自驾", "自驾车", "自己去", "自行购票"),
    *("坐火车", "坐高铁", "不参加", "不需要乘坐", "own"),
    *(
        "自行出行",
        "自行乘车",
        "自行安排",
        "自行解决",
        "私家车",
        "自家车",
        "拼车",
        "顺风车",
        "摩托车",
        "飞机",
        "坐飞机",
    ),
)


_UNDECIDED_CITY = Finding(
    "missing_city",
    Text("还没有定去哪个城市", "the city is not decided yet"),
    Text(
        "定下后请填务工城市；去哪个城市都可以的，填最想去的一个，其余填“可接受城市”",
        "fill in the city once it is; who would go to several writes the first here, and the others under acceptable "
        "cities",
    ),
)


def _city(cell: Cell) -> str:
    words = without_empty_level(text(cell))
    if is_undecided(words):
        raise CellError(_UNDECIDED_CITY)
    return words


def signup_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    name = required(person_name, "missing_name", "姓名", "the name")
    id_card = required(id_number, "missing_id_number", "身份证号码", "the ID number")
    city = required(_city, "missing_city", "务工城市", "the destination city")
    return Layout(
        "signups",
        (
            SheetField(
                "name",
                name,
                required=True,
                fills_down=False,
                asked=Asked(Text("姓名", "Name"), 12, Text("与身份证一致", "as on the ID card"), "韦小燕"),
            ),
            SheetField("sex", sex, fills_down=False, asked=one_of(Text("性别", "Sex"), 7, SEXES)),
            SheetField(
                "id_number",
                id_card,
                required=True,
                fills_down=False,
                asked=Asked(
                    Text("身份证号码", "ID number"),
                    22,
                    Text("18 位，文本格式", "18 characters, text"),
                    "450803199001010022",
                    "id_number",
                ),
            ),
            SheetField(
                "phone",
                phone,
                fills_down=False,
                asked=Asked(
                    Text("联系电话", "Phone"),
                    15,
                    Text("本人手机，发车前要打通", "one that answers"),
                    "13800000000",
                ),
            ),
            SheetField("age", _age, fills_down=False),
            SheetField(
                "prefecture",
                text,
                asked=Asked(
                    Text("户籍市", "Prefecture"), 12, Text("设区市", "prefecture-level city"), "贵港市"
                ),
            ),
            SheetField(
                "county",
                text,
                asked=Asked(
                    Text("户籍县(市、区)", "County"), 16, Text("县级", "county or district"), "港南区"
                ),
            ),
            SheetField("address", text),
            SheetField(
                "township",
                text,
                asked=Asked(Text("乡镇", "Township"), 14, Text("乡镇或街道", "township or street"), "桥圩镇"),
            ),
            SheetField(
                "pickup",
                text,
                asked=Asked(
                    Text("上车地点", "Pick-up"),
                    20,
                    Text(
                        "不填：按上车点表，再按县汽车站",
                        "empty: the pick-up table's, else the county's bus station",
                    ),
                    "桥圩镇政府广场",
                ),
            ),
            SheetField(
                "city",
                city,
                required=True,
                asked=one_of(Text("务工城市", "City"), 12, CITIES, is_strict=False),
            ),
            SheetField(
                "acceptable_cities",
                _cities,
                asked=Asked(
                    Text("可接受城市", "Acceptable cities"),
                    16,
                    Text("没有企业的人也愿去的城市，顿号分开", "where a job seeker would go too"),
                    "深圳市、惠州市",
                ),
            ),
            SheetField(
                "town",
                text,
                asked=Asked(
                    Text("镇街", "Town"), 12, Text("务工所在镇街", "town of the work place"), "长安镇"
                ),
            ),
            SheetField("work_county", text),
            SheetField("work_province", text),
            SheetField(
                "employer",
                employer,
                asked=Asked(
                    Text("务工企业", "Employer"),
                    26,
                    Text("没有企业、要找工作的不填", "empty for people who look for work"),
                    "华强电子科技有限公司",
                ),
            ),
            SheetField("wished_employer", wished_employer),
            SheetField(
                "dropoff",
                text,
                asked=Asked(
                    Text("下车地点", "Drop-off"),
                    20,
                    Text("不填：按用工需求表的地址，再按镇街", "empty: the employer's place, else the town"),
                    "乌沙社区工业园东门",
                ),
            ),
            SheetField("post", text, asked=one_of(Text("工种", "Post"), 12, POSTS, is_strict=False)),
            SheetField(
                "earliest",
                day(year, "first"),
                asked=asked_day(
                    Text("最早出发日期", "Earliest"), Text("这一天起可以走", "may leave from this day on")
                ),
            ),
            SheetField(
                "latest",
                day(year, "last"),
                asked=asked_day(
                    Text("最晚出发日期", "Latest"), Text("最晚这一天走", "must leave by this day")
                ),
            ),
            SheetField("named_date", days(year)),
            SheetField(
                "categories",
                _categories,
                asked=one_of(Text("人员类别", "Class"), 14, "脱贫户 监测对象 易地搬迁 农村低收入 其他"),
            ),
            *(
                SheetField(
                    flag, yes_no(flag, flag, yes=(flag, *_OF_CLASS), no=_OF_NO_CLASS, severity="warning")
                )
                for flag in FLAGS
            ),
            SheetField(
                "party",
                text,
                asked=Asked(
                    Text("同行组号", "Party"),
                    10,
                    Text("一起走的人填同一个号", "people who travel together share it"),
                    "1",
                ),
            ),
            SheetField("companions", companions, repeats=False),  # 同上 may be the name of the very row
            SheetField(
                "num_children",
                children_along,
                fills_down=False,
                asked=number(
                    Text("随行儿童", "Children along"), 10, Text("要占座的人数", "how many take a seat"), "1"
                ),
            ),
            SheetField("num_companions", unnamed_companions, fills_down=False),
            SheetField("shuttle", shuttle),
            SheetField(
                "rides",
                _rides,
                asked=one_of(Text("是否乘坐返岗专车", "Rides"), 12, YES_NO),
            ),
            SheetField("travels", travels),
            SheetField("has_left", has_left),
            SheetField("health", text),
            SheetField(
                "cancelled",
                _is_cancelled,
                fills_down=False,
                asked=one_of(Text("取消", "Cancelled"), 8, YES_NO),
            ),
            SheetField(
                "note",
                remark,
                asked=Asked(
                    Text("备注", "Remarks"),
                    22,
                    Text("需要照顾的写在这里，会印到随车名单", "special care"),
                    "听力障碍",
                ),
            ),
            SheetField("submitted", moment, fills_down=False),
        ),
    )


_says_cancelled = yes_no("取消", "cancelled", yes=_CANCELLED, no=_STANDING)
_OTHER_STATE = Finding(
    "status_unknown",
    Text("不认识的状态，按未取消处理", "an unknown status; taken as not cancelled"),
    Text("如已取消，请填“取消”", "write 取消 if the person cancelled"),
    "warning",
    False,
)


def says_cancelled(words: str) -> bool:
    """Return whether words in an entry or beside a name say that the person withdrew."""
    return words in _CANCELLED


_says_rides = yes_no("是否乘坐", "rides", blank=True, yes=_RIDES, no=_OWN_TRANSPORT)
_BY_TRAIN = Finding(
    "goes_by_train",
    Text(
        "写了乘火车，按自行购票处理，不安排座位",
        "goes by train, taken as a ticket of their own; no seat is planned",
    ),
    Text(
        "坐返岗专列或专车的，请改成“专列”或“是”",
        "write 专列 or 是 (yes) for those who ride the train or coach planned here",
    ),
    "warning",
    False,
)


_ANY_PLANNED = re.compile(
    r"(?:(?:返岗|免费)*(?:专车|专列|包车|大巴车?|汽车|客车)[、,/和或与]*)*(?:均可以?|都可以?|都行|皆可)"
)
"""Any way planned here will do: 均可, 专车专列均可."""


def _rides(cell: Cell) -> bool:
    """Return whether a seat is wanted, by yes and no or by the way of travelling (出行方式: 包车, 自驾, 高铁, 均可)."""
    if _ANY_PLANNED.fullmatch(clean(cell)):
        return True
    if re.fullmatch("火车|高铁|动车|列车|铁路|高铁动车|火车/高铁|train", clean(cell).lower()):
        raise CellError(_BY_TRAIN)
    return bool(_says_rides(cell))


def _is_cancelled(cell: Cell) -> bool:
    """Return whether a person withdrew; the status of a form service (已提交) is no withdrawal."""
    if is_left_open(clean(cell)):
        raise CellError(_OTHER_STATE)
    try:
        return bool(_says_cancelled(cell))
    except CellError:
        if _MAY_BE_CANCELLED.search(clean(cell)):
            raise
        raise CellError(_OTHER_STATE) from None


_OF_NONE = re.compile(
    r"否|不是|非|[以上述]*(?:都|均|皆)?不(?:是|属于|符合)|无以上情况|不清楚|×|n|no", re.IGNORECASE
)


def _categories(cell: Cell) -> tuple[str, ...]:
    """Return the classes of a cell; 否 and 以上都不是 are none.

    A line begins another class beside one that is known (脱贫户⏎残疾人); else a word is wrapped (易地⏎搬迁).
    """
    words: list[str] = []
    for line in map(several, () if is_left_open(clean(cell)) else lines_of_cell(cell)):
        ends = words[-1] + line[0] if words and line else ""
        if ends and (ends in _CLASSES or _CLASSES.isdisjoint((words[-1], line[0]))):
            words[-1:] = (ends, *line[1:])
        else:
            words += line
    return tuple(dict.fromkeys(word for word in words if not _OF_NONE.fullmatch(word)))


def _cities(cell: Cell) -> tuple[str, ...]:
    """Return the cities of a cell, each line on its own where all are; else a name is wrapped (广东省⏎佛山市)."""
    lines = lines_of_cell(cell)
    if len(lines) > 1 and all(word in _CITY_LINES for line in lines for word in several(line)):
        return several("、".join(lines))
    return several(cell)


_ALONE = re.compile(
    r"(?:只有|只|就|仅)?(?:我|本人|自己)?(?:一个人?|1个人?|独自|单独|单人|一人|自己|本人|我)(?:走|去|出行|一个|一人)?|[没无](?:有)?(?:同行)?人?"
    r"|否|不同行|不一起走?"
)
_HOW_MANY = re.compile(
    r"(?:共|一共|连我|含本人|我们|加|外加|还有|有)*(?:\d{1,3}|[一二两俩三四五六七八九十])\s*(?:个|位|名)?(?:大人|成人|人|口人?)?"
)

_SOMEBODY = re.compile(r"是|有|√|同行|一起走?|一同")
"""Under 家属是否同行: one more."""
_NUMBER_AND_NAMES = re.compile(rf"^(?P<number>{_HOW_MANY.pattern})\((?P<names>[^()]+)\)$")


_NUMBER_BESIDE = re.compile(r"\d{7,}[Xx]?|\d{1,2}岁")
"""An ID number, a phone or an age beside a name."""


def companions(cell: Cell) -> tuple[str, ...]:
    """Return the names of companions; 一个人, 2人 and 带小孩2个 are none, nor are numbers beside a name."""
    told = [
        words
        for words in _told(cell)
        if not (_ALONE.fullmatch(words) or _counts(words) or num_children_in(words))
    ]
    names = dict.fromkeys(filter(None, (_NUMBER_BESIDE.sub("", words).strip() for words in told)))
    return tuple(names or told)


def unnamed_companions(cell: Cell) -> int:
    """Return how many people a cell of companions, or of their number, counts without a name; 一个人 is nobody else."""
    told = [words for words in _told(cell) if _counts(words) and not _ALONE.fullmatch(words)]
    return sum(1 if _SOMEBODY.fullmatch(words) else _count_of(words) for words in told)


def _counts(words: str) -> bool:
    return (_HOW_MANY.fullmatch(words) or _SOMEBODY.fullmatch(words)) is not None


def _told(cell: Cell) -> tuple[str, ...]:
    """Return the words about companions in a cell; 2人(和张三) is two of them."""
    told = (_NUMBER_AND_NAMES.sub(r"\g<number>、\g<names>", line) for line in lines_of_cell(cell))
    return several("、".join(told))


def _count_of(words: str) -> int:
    number = re.search(r"\d+|[一二两俩三四五六七八九十]", words)
    return (count("", "")(number[0].replace("俩", "两")) or 0) if number else 0


def _age(cell: Cell) -> int | None:
    """Return an age; anything else causes only a warning, because the ID number gives the age."""
    try:
        age: int | None = count("年龄", "the age")(cell)
    except CellError as error:
        raise CellError(replace(error.finding, severity="warning")) from None
    return age
