"""Makes the pictures of the README from real output: the Gangnan case planned, its terminal and a manifest.

    python -m docs.make_pictures

Needs LibreOffice (soffice), poppler (pdftoppm), Chromium and a Chinese font. Run it by hand when what people see
has changed; the pictures stay in the repository.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
COLUMNS = 96
DOTS_PER_INCH = 90
FONT_SIZE, LINE_HEIGHT, MARGIN = 18, 24, 16  # dots
PAGE = f"""\
<!DOCTYPE html><meta charset="utf-8">
<style>
/* letters that a terminal draws in one column and the Chinese font in two */
@font-face {{{{
    font-family: narrow; src: local("DejaVu Sans Mono"); size-adjust: 83%;
    unicode-range: U+B7, U+2018-201D, U+2026, U+2190-21FF, U+2500-257F;
}}}}
body {{{{ margin: {MARGIN}px; background: {{background}}; color: {{foreground}}; }}}}
pre {{{{ margin: 0; font: {FONT_SIZE}px/{LINE_HEIGHT}px narrow, "Noto Sans Mono CJK SC"; }}}}
</style>
<pre>{{code}}</pre>
"""
PLAN = ["plan", "报名", "资料"]
MANIFEST = ["manifest", "--city", "Dongguan"]


def main() -> None:
    """Plan the example in a folder of its own and picture what a person sees."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "gangnan"
        shutil.copytree(ROOT / "examples" / "gangnan", case)
        screen = "".join(f"$ returnplan {' '.join(words)}\n{_run(case, words)}" for words in (PLAN, MANIFEST))
        _picture_terminal(screen, Path(folder), PICTURES / "terminal.png")
        _picture_page(next((case / "manifests").rglob("*.xlsx")), Path(folder), PICTURES / "manifest.png")


def _run(folder: Path, words: list[str]) -> str:
    program = Path(sys.executable).with_name("returnplan")
    colours = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS)}
    return subprocess.check_output(
        [program, *words], cwd=folder, env=colours, encoding="utf-8", stderr=subprocess.STDOUT
    )


def _picture_terminal(screen: str, folder: Path, picture: Path) -> None:
    """Picture the screen in a font whose Chinese letters are exactly two columns wide."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(screen))
    num_lines = console.export_text(clear=False).count("\n") + 1  # a long line is several
    page = folder / "terminal.html"
    page.write_text(
        console.export_html(theme=MONOKAI, code_format=PAGE, inline_styles=True), encoding="utf-8"
    )
    width = COLUMNS * FONT_SIZE // 2 + 2 * MARGIN
    height = num_lines * LINE_HEIGHT + 2 * MARGIN
    subprocess.run(
        [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri(),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def _picture_page(workbook: Path, folder: Path, picture: Path) -> None:
    """Picture the first page of a workbook as a printer would lay it out."""
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, workbook],
        check=True,
        capture_output=True,
    )
    page = (folder / workbook.name).with_suffix(".pdf")
    resolution = ["-r", str(DOTS_PER_INCH)]
    subprocess.run(
        ["pdftoppm", "-png", *resolution, "-singlefile", "-f", "1", page, picture.with_suffix("")], check=True
    )


if __name__ == "__main__":
    main()
