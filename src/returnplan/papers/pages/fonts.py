"""Whether this machine can show and print the letters of the papers; the papers themselves carry no font."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_OF_WINDOWS = ("simsun.ttc", "msyh.ttc", "simhei.ttf", "simkai.ttf")
_TIMEOUT_S = 20
"""The first call on a fresh machine reads every font."""


def has_chinese_font() -> bool:
    """Return whether a font with Chinese letters is installed; True on macOS, which always has some."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        return any((folder / name).is_file() for name in _OF_WINDOWS)
    return sys.platform == "darwin" or bool(_listed())


def _listed() -> str:
    """Return the families that fontconfig knows for Chinese, none where there is no fontconfig."""
    program = shutil.which("fc-list")
    if program is None:
        return ""
    try:
        done = subprocess.run(
            [program, ":lang=zh-cn", "family"], capture_output=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip()
