"""The files of a new campaign into its folder; what is there already stays."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Template

from returnplan.model.texts import Lang
from returnplan.papers.forms.forms import WORKBOOKS, form_page, instructions_page
from returnplan.papers.forms.starters import folders, starters
from returnplan.papers.outfiles import make_folder, write_whole
from returnplan.papers.pages import render


def write_templates(folder: Path, *, lang: Lang) -> list[Path]:
    """Write forms, a commented returnplan.toml and starters, and make the inbox.

    Parameters
    ----------
    folder : where; it is made when there is none
    lang : of the forms and of the file names

    Returns
    -------
    The files that were written; one that was there already is left as it is and not among them.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    make_folder(folder / folders(lang).inbox)
    return [
        write_whole(folder / name, content)
        for name, content in _contents(folder.absolute(), lang)
        if not (folder / name).exists()
    ]


def _contents(home: Path, lang: Lang) -> Iterator[tuple[str, bytes]]:
    for name, forms in WORKBOOKS:
        pages = [*(form_page(form, lang) for form in forms), instructions_page(forms, lang)]
        yield f"{name.say(lang)}.xlsx", render(pages)
    rules = files("returnplan.papers.forms").joinpath("returnplan.toml").read_text(encoding="utf-8")
    yield "returnplan.toml", Template(rules).substitute(folders(lang)._asdict()).encode()
    for script, content in starters(home, folders(lang), lang).items():
        yield script, content.encode()
