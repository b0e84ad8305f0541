"""Names of divisions without their kind, as people say them."""

import re

PEOPLES = (
    "各族|壮族|瑶族|苗族|侗族|仫佬族|毛南族|回族|彝族|土家族|满族|蒙古族|蒙古|藏族|羌族|黎族|畲族|傣族|佤族|水族|"
    "布依族|仡佬族|哈尼族|拉祜族|布朗族|白族|傈僳族|纳西族|普米族|独龙族|怒族|景颇族|朝鲜族|达斡尔族|土族|撒拉族|"
    "东乡族|保安族|维吾尔|哈萨克族|哈萨克|柯尔克孜|锡伯|塔吉克|裕固族"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{PEOPLES})*自治(?:区|州|县|旗)|(?:{PEOPLES})+(?:民族)?乡)$")
_KIND = re.compile(r"(?:特别行政区|地区|(?<=..)新区|街道|省|市|区|县|旗|盟|镇|乡)$")


def core(name: str) -> str:
    """Return a name without its kind: 东莞市 → 东莞, 融水苗族自治县 → 融水, 瑶山瑶族乡 → 瑶山; 横县 stays."""
    autonomous = _AUTONOMOUS.match(name)
    short = autonomous.group(1) if autonomous else _KIND.sub("", name)
    return short if len(short) >= 2 else name
