"""``headers``: how the headers of sheets were understood, and new names written into returnplan.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from returnplan.config import Config, rules_text
from returnplan.model.errors import StoreError, UsageError
from returnplan.model.texts import Text
from returnplan.papers.outfiles import Notes, write_whole
from returnplan.reading.learning import HeaderMeaning, header_meanings
from returnplan.reading.names import Names
from returnplan.reading.sheet import EXPLAINING, layouts
from returnplan.sheets.files import expand
from returnplan.sheets.reader import read_tables
from returnplan.usecases.campaign import Campaign

_TABLE = "headers"


@dataclass(frozen=True, slots=True)
class Learned:
    """A header, and the field that it means from now on."""

    label: str
    field: str


def headers(campaign: Campaign, files: Sequence[Path]) -> list[HeaderMeaning]:
    """Return how each header of each sheet was understood.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous
    """
    settings = campaign.config.reading
    names = Names(settings.headers)
    paths, _ = expand(files)
    return [
        meaning
        for tables in read_tables(paths)
        for table in tables
        if table.sheet not in EXPLAINING
        for meaning in header_meanings(table, layouts(settings.year), names)
    ]


def learn_headers(path: Path, learned: Sequence[Learned], notes: Notes | None = None) -> Path:
    """Add headers to ``[headers]`` of a rules file and return where it stands; the rest stays as it is.

    Parameters
    ----------
    path : the rules file; one that is not there is made
    notes : told when the file had to go beside ``path``

    Raises
    ------
    UsageError : the rules file cannot be read, or would no longer be right
    StoreError : the disk refuses
    """
    before = _read(path)
    document = tomlkit.parse(before)
    table: Any = document.setdefault(_TABLE, tomlkit.table())
    for one in learned:
        names = table.setdefault(one.field, tomlkit.array())
        if one.label not in names:
            names.append(one.label)
    after = tomlkit.dumps(document)
    _check(path, before, after)
    return write_whole(path, after.encode("utf-8"), notes)


def _read(path: Path) -> str:
    try:
        return rules_text(path) if path.exists() else ""
    except OSError as error:
        raise UsageError(Text(f"打不开规则文件 {path}", f"the rules file {path} cannot be opened")) from error


def _check(path: Path, before: str, after: str) -> None:
    """Make sure that the file is right and says the same as before, but for its headers."""
    old, new = tomllib.loads(before), tomllib.loads(after)
    Config.model_validate(new)
    if {**old, _TABLE: None} != {**new, _TABLE: None}:
        raise StoreError(
            Text(
                f"{path} 的写法无法自动修改，没有改动；请自己写入 [headers]",
                f"{path} cannot be changed safely; nothing was changed: please edit its [headers] yourself",
            )
        )
