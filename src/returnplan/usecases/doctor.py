"""``doctor``: is this folder fit to plan in; looks and tells how to mend.

Changes nothing, but removes what runs that were killed have left of files.
"""

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from returnplan.model.errors import InputRefused, ReturnplanError, StoreError
from returnplan.model.texts import Text
from returnplan.papers.outfiles import sweep
from returnplan.papers.pages import has_chinese_font
from returnplan.store import RunLock, check_up, is_network_drive
from returnplan.usecases.campaign import Campaign

_LEAST_FREE_MB = 50
"""What a plan of a few thousand people and its papers take, twice."""
_OTHERS = 0o077
"""The bits of a file's mode that let anybody but its owner at it."""

_LOCAL = Text("存放位置：本机磁盘", "drive: a disk of this machine")
_REMOTE = Text(
    "存放位置：{folder} 在网络盘上，请把这次活动的文件夹移到本机",
    "drive: {folder} is on a network drive; move the campaign's folder to this machine",
)
_FULL = Text(
    "磁盘空间：{folder} 所在的磁盘只剩 {free} MB，写不下方案和名单；请删掉不用的文件，或把整个文件夹移到别的磁盘",
    "free space: {free} MB are left on the disk of {folder}, too little for a plan and its papers; delete what is not "
    "needed, or move the whole folder to another disk",
)
_NO_STORE = Text("数据文件：还没有({path})，排车时生成", "store: none yet ({path}); plan makes it")
_WHOLE = Text("数据文件：完好(第 {version} 版)", "store: whole (version {version})")
_OLDER = Text(
    "数据文件：完好(第 {version} 版，下次运行时升到第 {newest} 版)",
    "store: whole (version {version}; the next run brings it to {newest})",
)
_STORE = Text("数据文件：{error}", "store: {error}")
_FREE = Text("运行锁：空闲", "lock: free")
_HELD = Text("运行锁：{error}", "lock: {error}")
_NO_STRAYS = Text("残留文件：没有", "left-over files: none")
_SWEPT = Text(
    "残留文件：清掉了 {num} 个中断时没写完的临时文件",
    "left-over files: {num} removed, which runs that were ended had not finished",
)
_FONT = Text("字体：有中文字体", "fonts: there is one for Chinese")
_NO_FONT = Text(
    "字体：本机没有中文字体，名单打印出来会是方块；请安装，例如 apt install fonts-noto-cjk",
    "fonts: none for Chinese, papers printed here would show boxes; install one: apt install fonts-noto-cjk",
)
_PRIVATE = Text("权限：数据文件和输出仅本人可读", "permissions: store and outputs are for their owner alone")
_OPEN = Text(
    "权限：其他人也能打开 {paths}，请运行 chmod -R go= {paths}",
    "permissions: others may open {paths}; run: chmod -R go= {paths}",
)
_IN_PROFILE = Text(
    "权限：文件夹在本人的用户目录下(Windows 下不另查)",
    "permissions: the folder lies in your profile (on Windows nothing more is checked)",
)
_SHARED = Text(
    "权限：{folder} 不在本人的用户目录下，其他人可能看得到；请移到“文档”里",
    "permissions: {folder} is outside your profile, others may see it; move it to your documents",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and, where it ``is_well`` not, how to mend it; the exit code that this calls for."""

    is_well: bool
    words: Text
    exit_code: int = 0


def doctor(campaign: Campaign, outputs: Iterable[Path]) -> tuple[Finding, ...]:
    """Look at drive, free space, store, lock, left-over files, permissions and fonts.

    Parameters
    ----------
    outputs : files and folders that hold personal data beside the store; those that do not exist are left out
    """
    path, outputs = campaign.store_path, tuple(outputs)
    files = [file for file in (path, *outputs) if file.exists()]
    folder = path.resolve().parent
    written = {folder, *_folders(outputs), *_folders([Path(campaign.config.nightly.outbox)])}
    num_strays = sum(len(sweep(one)) for one in written)
    return (
        Finding(False, _REMOTE.with_values(folder=folder))
        if is_network_drive(folder)
        else Finding(True, _LOCAL),
        *_no_room(folder),
        _tried(_STORE, lambda: _store(path)),
        _tried(_HELD, lambda: _lock(path)),
        Finding(True, _SWEPT.with_values(num=num_strays) if num_strays else _NO_STRAYS),
        _modes(folder, files),
        Finding(True, _FONT) if has_chinese_font() else Finding(False, _NO_FONT),
    )


def _no_room(folder: Path) -> Iterator[Finding]:
    """Yield that the disk is full; where its room is not known, that is left to the command that writes."""
    with suppress(OSError):
        free_mb = shutil.disk_usage(folder).free // 1_000_000
        if free_mb < _LEAST_FREE_MB:
            yield Finding(False, _FULL.with_values(folder=folder, free=free_mb), StoreError.exit_code)


def _tried(words: Text, look: Callable[[], Finding]) -> Finding:
    """Return what ``look`` finds, or the error it meets as a finding."""
    try:
        return look()
    except ReturnplanError as error:
        return Finding(False, words.with_values(error=error.message), error.exit_code)


def _store(path: Path) -> Finding:
    try:
        found = check_up(path)
    except InputRefused:
        return Finding(True, _NO_STORE.with_values(path=path))
    words = _WHOLE if found.version == found.newest else _OLDER
    return Finding(True, words.with_values(version=found.version, newest=found.newest))


def _lock(path: Path) -> Finding:
    """Take the lock for a moment: only so is it known to be free."""
    with RunLock(path):
        return Finding(True, _FREE)


def _folders(outputs: Iterable[Path]) -> Iterator[Path]:
    """Yield the folders in which outputs are written."""
    for path in outputs:
        if path.is_dir():
            yield path
            yield from (below for below in path.rglob("*") if below.is_dir())
        else:
            yield path.parent


def _modes(folder: Path, files: list[Path]) -> Finding:
    """Return whether others may see the store and the outputs; Windows tells no more than where they lie."""
    if sys.platform == "win32":
        if folder.is_relative_to(Path.home()):
            return Finding(True, _IN_PROFILE)
        return Finding(False, _SHARED.with_values(folder=folder))
    is_open = [str(file) for file in files if file.stat().st_mode & _OTHERS]
    return Finding(False, _OPEN.with_values(paths=" ".join(is_open))) if is_open else Finding(True, _PRIVATE)
