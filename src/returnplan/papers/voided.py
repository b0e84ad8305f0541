"""Lists that are out of date go into the folder 作废 beside those that hold, so that nobody uses them."""

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from returnplan.model.texts import LANGS, Lang, Text
from returnplan.papers.outfiles import make_folder

VOID = "作废"
"""The folder, beside the lists, of those that are out of date."""
_FEW = 3


def voided(folder: Path, names: Sequence[str]) -> Text | None:
    """Move lists of a folder into 作废, and return what is to be told; None where there are none.

    A list that a program holds open stays, and is named.
    """
    moved = [name for name in names if set_aside(folder / name)]
    held = [name for name in names if name not in moved]
    if held:
        return Text(
            f"{folder} 里有 {len(held)} 个旧名单被占用，没有移走，请勿再用：{_few(held, '、')}",
            f"{len(held)} lists in {folder} are out of date and held by a program, do not use them: {_few(held, ', ')}",
        )
    if moved:
        return Text(
            f"{len(moved)} 个旧名单已移到 {folder / VOID}：{_few(moved, '、')}",
            f"{len(moved)} lists that are out of date were moved to {folder / VOID}: {_few(moved, ', ')}",
        )
    return None


def langs_there(folder: Path, papers: Iterable[Text]) -> list[Lang]:
    """Return the languages of the lists of some kinds that lie in a folder."""
    names = [path.name for path in folder.glob("*.xlsx")]
    return [
        lang
        for lang in LANGS
        if any(name.startswith(f"{paper.say(lang)}-") for name in names for paper in papers)
    ]


def put_away(folder: Path, hold: Iterable[str], papers: Iterable[Text]) -> Text | None:
    """Move the lists of a kind that lie in a folder into 作废, but those whose names ``hold``; see :func:`voided`."""
    if not folder.is_dir():
        return None
    starts = tuple(f"{name}-" for paper in papers for name in paper)
    others = {path.name for path in folder.glob("*.xlsx")} - set(hold)
    return voided(folder, sorted(name for name in others if name.startswith(starts)))


def set_aside(path: Path) -> Path | None:
    """Move a file into 作废 under a name that is free there, and return where it is; None where a program holds it."""
    void = path.parent / VOID
    make_folder(void)
    names = (f"{path.stem}{f'({number})' if number > 1 else ''}{path.suffix}" for number in count(1))
    there = next(void / name for name in names if not (void / name).exists())
    try:
        return path.rename(there)
    except OSError:
        return None


def _few(names: Sequence[str], comma: str) -> str:
    return comma.join(names[:_FEW]) + ("…" if len(names) > _FEW else "")
