"""A list of drivers (姓名, 身份证号码, 准驾车型): nobody on it travels, and its place is the order of their carrier."""

import re
from collections.abc import Sequence
from pathlib import Path

from returnplan.model.faults import Fault, Severity
from returnplan.model.texts import Text
from returnplan.reading.cells import clean
from returnplan.reading.not_read import header_texts, is_of_drivers
from returnplan.sheets.tables import Table

DRIVERS_LIST = "drivers_list"

_QUALIFIED = re.compile(r"准驾|从业资格")
"""What a header says of a driver; workers may have a licence (驾照), too."""
_OF_OTHERS = re.compile(
    r"乘客|乘车|旅客|上车|下车|座位|座号|员工|职工|村|乡|镇|户籍|家庭|务工|返岗|意向|求职|文化|学历|技能|工种|岗位|就业|"
    r"脱贫|passenger|seat",
    re.IGNORECASE,
)
_CALLED_SO = re.compile(
    r"(?:驾驶[员人]|司机)(?:人员)?(?:基本|相关|详细)?(?:信息|情况|资料)?(?:名单|名册|花名册|(?:登记|汇总|统计|一览|信息|情况)表|台账)$"
)
_NAMED_SO = re.compile(rf"{_CALLED_SO.pattern}|驾驶[员人]$")
"""A title names a list (驾驶员名单); a file or sheet may be called 平安旅运驾驶员. 驾驶员：张三 drives others."""
_OF_WORKERS = re.compile(
    r"求职|招聘|应聘|报名|务工|返岗|乘车|用工|外出|农民工|员工|职工|劳动力|劳务|就业|脱贫|技能|培训|镇|(?<!城)乡|街道|社区"
)
"""Names of lists of people who may travel, whatever columns they have: 外出务工人员花名册, 石咀镇."""

_MESSAGE = Text(
    "这是驾驶员名单，不是报名表，没有读",
    "this is a list of drivers and no list of people who travel; it was not read",
)
_FIX = Text(
    "车牌和驾驶员请承运单位填在派车单的“回填”里，用 returnplan dispatch --read 读；里面有乘车的人，请补“务工城市”列",
    "let the carrier write plates and drivers into its order, and read that with returnplan dispatch --read; if people "
    "on it travel, add the column 务工城市 (city)",
)


def driver_list_fault(table: Table, above: Sequence[str] = ()) -> Fault | None:
    """Return that a sheet without a column of cities lists drivers; None if neither headers nor names say so.

    Where only a name or title says so, that is an error, as people who travel may stand there. A list that is called
    one of workers is none of drivers.

    Parameters
    ----------
    above : the texts above its header
    """
    names, titles = (clean(Path(table.file).stem), clean(table.sheet)), [clean(text) for text in above]
    if any(map(_OF_WORKERS.search, (*names, *titles))):
        return None
    labels = [clean(label) for label in header_texts(table)]
    is_qualified = any(map(_QUALIFIED.search, labels))
    is_sure = is_of_drivers(table) or (is_qualified and not any(map(_OF_OTHERS.search, labels)))
    if not is_sure and not any(map(_NAMED_SO.search, names)) and not any(map(_CALLED_SO.search, titles)):
        return None
    severity: Severity = "warning" if is_sure else "error"
    return Fault(table.file, table.sheet, "", "", DRIVERS_LIST, _MESSAGE, _FIX, severity)
