"""Which language is spoken: the one rule, for results and for what is said before any sheet is read.

``--lang``, else ``lang`` of the rules file, else the language of the sheets (those of this call, or those of the last
run in the store), else that of the terminal if a person sits at one, else Chinese. The locale of cron decides
nothing. The options are looked up in the words of the call, so that the rule also holds where one of them is wrong.
"""

import os
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from returnplan.model.folder import RULES_FILE, STORE_FILE
from returnplan.model.texts import Lang, Text

DEFAULT_CONFIG = Path(RULES_FILE)
DEFAULT_STORE = Path(STORE_FILE)
HOUSE_LANG: Lang = "zh"
LANGUAGE = Text(
    "语言 [默认：规则文件里的，其次是报名表表头的]。", "Language [default: config, then the input's]."
)
"""The help of ``--lang``."""

_NO_LOCALE = ("", "C", "POSIX")
_MOST_CONFIG_BYTES = 1_000_000
_CHINESE = 0x04
"""The primary language id of Chinese in Windows."""


def language(of_sheets: Lang | None = None) -> Lang:
    """Return the language in which this call speaks to whom made it.

    Parameters
    ----------
    of_sheets : what the sheets of this call told, where any were read
    """
    return told_language() or of_sheets or _of_store() or _of_person() or HOUSE_LANG


def language_of_help() -> Lang:
    """Return the language for help and usage, which concern no sheets; nothing heavy is loaded for it."""
    return told_language() or _of_person() or HOUSE_LANG


def told_language() -> Lang | None:
    """Return what ``--lang`` or the rules file says."""
    return _known(_option("--lang")) or _of_config()


def _option(name: str, words: Sequence[str] | None = None) -> str | None:
    """Return the value of an option of this call, the last one if there are several."""
    words = sys.argv[1:] if words is None else words
    found = None
    for word, following in zip_longest(words, words[1:]):
        if word == name:
            found = following
        elif word.startswith(f"{name}="):
            found = word.removeprefix(f"{name}=")
    return found


def _known(text: object) -> Lang | None:
    if text == "zh":
        return "zh"
    return "en" if text == "en" else None


def _of_config() -> Lang | None:
    path = Path(_option("--config") or DEFAULT_CONFIG)
    if not path.is_file():
        return None
    import tomllib

    try:
        with path.open("rb") as file:
            text = file.read(_MOST_CONFIG_BYTES).decode("utf-8-sig", errors="replace")
        return _known(tomllib.loads(text).get("lang"))
    except (OSError, ValueError, RecursionError):  # whatever is wrong with it is said by the command
        return None


def _of_store() -> Lang | None:
    path = Path(_option("--store") or DEFAULT_STORE)
    if not path.is_file():
        return None
    from returnplan.store import lang_of_last_run

    return lang_of_last_run(path)


def _of_person() -> Lang | None:
    """Return the language of the terminal; None where nobody sits at one, or it names none."""
    if not (sys.stdout.isatty() or sys.stderr.isatty()):
        return None
    if sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _CHINESE else "en"
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if named.partition(".")[0] in _NO_LOCALE:
        return None
    return "zh" if named.startswith("zh") else "en"
