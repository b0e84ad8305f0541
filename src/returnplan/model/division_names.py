"""Names of divisions without their kind, as people say them."""

import re

PEOPLES = (
    "各族|壮族|瑶族|苗族|侗族|仫佬族|毛南族|回族|彝族|土家族|满族|蒙古族|蒙古|藏族|羌族|黎族|畲族|傣族|佤族|水族|"
    "布依族|仡佬族|哈尼族|拉祜族|布朗族|白族|傈僳族|纳西族|普米族|独龙族|怒族|景颇族|朝鲜族|达斡尔族|土族|撒拉族|"
    "东乡族|保安族|维吾尔族?|哈萨克族?|柯尔克孜族?|锡伯族?|塔吉克族?|裕固族|鄂温克族|鄂伦春族|赫哲族|俄罗斯族|"
    "塔塔尔族|乌孜别克族|基诺族|阿昌族|德昂族|京族|门巴族|珞巴族"
)
_AUTONOMOUS = re.compile(
    rf"^(.{{2,}}?)(?:族?(?:{PEOPLES})*自治(?:区|州|县|旗)|(?:{PEOPLES})+(?:民族)?[乡区])$"
)
"""东乡族自治县 is called by its people: 东乡."""
_ZONE = re.compile(r"(?:矿|开发|示范|合作|管理|试验|实验|度假|保税|(?:产业|工业|科技)园)区$")
"""峰峰矿 and 南宁经济技术开发 are no names."""
_KIND = re.compile(r"(?:特别行政区|地区|(?<=..)(?<!高)新区|街道|(?<=..)州|省|市|区|县|旗|盟|镇|乡)$")
LATIN_KIND = re.compile(
    r"(?:autonomous|province|prefecture|county|city|district|town|township|subdistrict|sheng|shi|xian|qu|zhen)$"
)
"""The kind at the end of a tidy pinyin name: dongguanshi, dongguancity → dongguan."""


def core(name: str) -> str:
    """Return a name without its kind: 东莞市 → 东莞, 融水苗族自治县 → 融水, 恩施州 → 恩施; 横县 stays."""
    autonomous = _AUTONOMOUS.match(name)
    if autonomous:
        return autonomous[1]
    short = name if _ZONE.search(name) else _KIND.sub("", name)
    return short if len(short) >= 2 else name


def short_name(name: str) -> str:
    """Return a name as papers say it: its :func:`core`, but a banner stays whole (镶黄旗, 阿拉善左旗)."""
    return name if name.endswith("旗") and not _AUTONOMOUS.match(name) else core(name)
