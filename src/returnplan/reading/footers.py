"""The phrases of totals, footers and closing lines: a row that begins with one is nobody and nothing."""

import re

from returnplan.reading.cells import clean
from returnplan.sheets.tables import Cell

_NUMBER = r"[\d〇零一二三四五六七八九十百两贰叁肆伍陆柒捌玖拾佰]+"
_PEOPLE = rf"{_NUMBER}\s*(?:人|名|户|条|行)"
_DAY = (
    r"(?:[\d〇零一二三四五六七八九]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|年\s*月\s*日)"
)
_TOTALS = (
    r"(?:人数|人员|户数|报名)?(?:合|总|小|共|累)计.*|(?:sub)?totals?\s*:?",
    r"(?:本页|本表|本[村乡镇组]|全[村乡镇县部]|以上|上述|本次|今日)(?:(?:合|总|小|共|累)计|共有?|总人数|人数).*",
    rf"(?:报名|返岗|乘车|出行)?(?:总人数|人数|总数)\s*:?\s*(?:{_NUMBER}.*)?|共有?\s*{_PEOPLE}.*|{_PEOPLE}",
    rf"(?:其中:?)?(?:男性?|女性?)\s*{_NUMBER}\s*[人名]?[,;、\s]*(?:男性?|女性?)\s*{_NUMBER}.*",
)
_ACTS = (
    r"(?:填表|制表|审核|审批|复核|经办|经手|核实|核查|填报|报送|联系|统计|打印|上报|登记|导出|更新|汇总"
    r"|(?:数据)?截[至止])"
)
_OFFICERS = (
    r"(?:[村乡镇支]|社区|部门|单位|主要|分管|驻村|包村|主管|工作队)*(?:负责人|领导|干部|书记|支书|主任|队长)"
)
_FOOTERS = (
    rf"{_ACTS}(?:人员?|单位|时间|日期|电话)?(?:签字|签名)?(?:[:(].*)?|{_ACTS}(?:时间|日期)?\s*\d.*",
    rf"{_OFFICERS}(?:签字|签名|意见)?(?:[:(].*)?",
    r".{1,8}(?:人|员|书记|支书|主任|队长|站长|镇长|乡长|组长|干部|领导)\s*:.*",
    r".{0,12}(?:签字|签名|盖章|公章|签章)处?(?:[:(].*)?|.*\((?:加盖)?(?:盖章|公章|签章)处?\).*|\((?:签字|签名)\).*",
    r"(?:咨询|服务|监督|举报|值班|投诉)(?:电话|热线)?[:\s].*",
    r"(?:单位|日期|注|说明|备注|填表说明|填写说明|示例|样例|例)\d?:.*|示例|样例|例",
    r"(?:prepared by|filled in by|checked by|notes?):.*",
)
_CLOSINGS = (
    r"(?:此页|本页|此处)?(?:以下|下面)(?:内容|数据|部分)?(?:均|全)?(?:为|是|无)?(?:空白?|无|内容|数据|正文|信息)(?:[,。].*)?",
    r"(?:此页|本页)?无(?:正文|以下数据|以下内容)|(?:全文)?(?:结束|完毕?|end)|未完待续|[转接见][下上]页|续上?表|附件\s*\d*(?:[:.].*)?",
    r"经(?:核实|核查|核对|审核|确认|公示|村委).*|(?:以上|上述)(?:人员|信息|名单|情况|内容|数据|所[填列]|均).*|情况属实.*",
    r"(?:已|经)?(?:核实|审核|核对)(?:无误|属实)?|同意(?:上报|申报|报名)?|特此(?:证明|说明|报告|承诺).*|本人(?:承诺|确认|保证|声明).*",
    r"(?:此|本|该)表.*|一式.{1,3}份.*|[*★※●].*",
    rf"第\s*{_NUMBER}\s*页.*|共\s*{_NUMBER}\s*页.*|page\s*\d+.*|-\s*\d+\s*-|{_DAY}",
)
_NO_DATA = re.compile("|".join((*_TOTALS, *_FOOTERS, *_CLOSINGS)), re.IGNORECASE | re.DOTALL)
_AROUND = " -=_.…—*★※●()[]【】《》<>"


def says_no_data(cell: Cell) -> bool:
    """Return whether a cell is such a phrase, with or without the lines and brackets that are drawn around it."""
    words = clean(cell)
    return _NO_DATA.fullmatch(words) is not None or _NO_DATA.fullmatch(words.strip(_AROUND)) is not None
