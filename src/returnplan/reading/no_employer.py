"""Words in the column of the employer that are no employer's name: 待定, 自主择业, 保安."""

import re

from returnplan.model.person import OWN_WORK
from returnplan.model.texts import Text
from returnplan.reading.cells import Finding, clean, text
from returnplan.sheets.tables import Cell

_OPEN = re.compile(
    r"(?:目前|暂时|暂|还|尚|现在)*(?:待[定业岗]|[未没]有?(?:确?定|找到|落实|安排|联系好?)(?:好|下来|工作|单位)?|"
    r"没有|不定|未知|(?:到时)?再说|"
    r"待(?:确定|安排|分配|落实|就业|入职|联系|招聘|通知)|不(?:确定|详|清楚|知道)|无业|失业|未就业|求职|找工作|想找工作|要找工作|新招)"
    r"|[无没]有?(?:固定|具体|工作|务工|用工)*(?:工作)?(?:单位|企业|公司|工厂|厂)"
    r"|(?:听|听从|服从|等|由)?(?:政府|统一)?(?:安排|分配)|否|[?]+"
)
_OWN = re.compile(
    r"(?:自己|本人|自|自行|自主)(?:去|到)?(?:找|寻|联系|解决|安排|择|谋|就)(?:工作?|厂|活|单位|企业|业|职业|出路|生路)?"
    r"|灵活就业(?:人员)?|自由职业者?|自谋|(?:打)?[零散短]工|自主?创业|自营|个体(?:户|经营|工商户)?"
)
_TRADE = re.compile(
    "普工|普通工|电子普工|电子厂普工|杂工|小工|临时工|技工|学徒|学徒工|工人|车间工人|流水线|流水线工人|"
    "流水线普工|操作工|操作员|作业员|包装工|装配工|组装工|缝纫工|缝纫|车位工|平车工|针车工|裁剪工|裁床工|"
    "尾部工|制衣工|鞋工|针织工|印染工|木工|瓦工|泥工|泥水工|钢筋工|架子工|油漆工|水电工|装修工|建筑工|建筑工人|"
    "工地小工|电工|焊工|电焊|电焊工|氩弧焊工|钳工|车工|铣工|磨工|冲压工|注塑工|模具工|数控操作员|CNC操作员|"
    "机修工|维修工|叉车工|叉车司机|搬运工|装卸工|分拣员|司机|驾驶员|货车司机|保安|保安员|保洁|保洁员|清洁工|"
    "环卫工|绿化工|园林工|家政|家政员|保姆|月嫂|护工|厨师|厨工|洗碗工|服务员|收银员|导购员|营业员|促销员|销售|"
    "销售员|业务员|文员|会计|仓管|仓管员|仓库管理员|质检|质检员|品检|品检员|QC|跟单员|快递员|外卖员|骑手|"
    "美容师|理发师|美发师",
    re.IGNORECASE,
)
EMPLOYER_IS_TRADE = Finding(
    "employer_is_trade",
    Text(
        "“{column}”写的是工种，不是企业：这一行等 {num} 人按工种{words}、没有企业安排",
        "'{column}' names trades and no employers: this row and others, {num} in all, count as people of the post "
        "{words} without an employer",
    ),
    Text(
        "有企业的，请在“务工企业”填企业名称；工种填在“工种”",
        "write the name of the employer where there is one, and trades under 工种 (post)",
    ),
    "warning",
)
EMPLOYER_WISHED = Finding(
    "employer_wished",
    Text(
        "“{column}”没有采用：没有写务工企业的 {num} 人按求职人员，凭岗位、城市和工资安排企业",
        "'{column}' was not used: {num} people without an employer are job seekers, who get one by post, city and wage",
    ),
    Text(
        "企业已经同意接收的，请写在“务工企业”",
        "who is expected by that employer: write it under 务工企业 (employer)",
    ),
    "warning",
)
_ANY = re.compile(r"不限|都可以?|都行|均可|随便|任意|看情况|无要求|没有要求")


def employer(cell: Cell) -> str:
    """Return the employer of a cell: "" for 待定, :data:`OWN_WORK` for 自己找."""
    words = text(cell)
    plain = (re.sub(r"[(（][^()（）]*[)）]$", "", words) or words).strip("。.!,")
    if _OWN.fullmatch(plain):
        return OWN_WORK
    return "" if not plain or _OPEN.fullmatch(plain) else words


def is_trade(cell: Cell) -> bool:
    """Return whether a cell names a trade and no employer."""
    return _TRADE.fullmatch(clean(cell)) is not None


def wished_employer(cell: Cell) -> str:
    """Return the employer that somebody wishes; "" for 不限 and whatever names none."""
    words = employer(cell)
    return "" if words == OWN_WORK or _ANY.fullmatch(words) else words
