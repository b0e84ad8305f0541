"""What lies in the folder of a campaign unless its names are given."""

from pathlib import Path
from typing import NamedTuple

from returnplan.model.texts import Lang

RULES_FILE = "returnplan.toml"
STORE_FILE = "returnplan.db"
PURGED_FILE = "已清除个人信息.txt"
"""Says what a folder is whose campaign is over."""


class Folders(NamedTuple):
    """Where filled forms come in, papers go out, those of a night do, and answered papers come back."""

    inbox: str
    papers: str
    outbox: str
    calls: str
    orders: str
    returned: str


_ZH = Folders("收件", "名单", "发出", "通知", "派车", "回收")
_EN = Folders("inbox", "papers", "outbox", "calls", "orders", "returned")
UNNAMED = _EN._replace(papers="manifests")
"""Those of a folder that ``init`` has not made."""


def folders(lang: Lang) -> Folders:
    """Return the names that ``init`` gives them in one language."""
    return _ZH if lang == "zh" else _EN


def folders_here() -> Folders:
    """Return the names in the current folder: those of ``init`` where it made the folder for what comes back."""
    return next((names for names in (_ZH, _EN) if Path(names.returned, names.papers).is_dir()), UNNAMED)
