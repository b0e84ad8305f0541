"""Names of employers as they are compared: one firm is written with and without its legal form."""

import re
from functools import lru_cache

from returnplan.places import tidy

_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|股份|集团|工厂|厂)+$")


@lru_cache(maxsize=65536)
def employer_key(name: str) -> str:
    """Return an employer's name as it is compared: 东莞恒达电子厂 and 东莞恒达电子有限公司 are the same."""
    plain = tidy(name)
    return _LEGAL_FORM.sub("", plain) or plain
