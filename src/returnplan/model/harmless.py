"""Text made harmless: nothing in a cell, a file name or an argument steers the terminal, hides or turns text."""

import json
import re
from typing import Any

_UNSEEN = (
    r"\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
"""Characters that show nothing themselves: C1 controls, marks of direction, zero widths, half of a pair."""
_HARMFUL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{_UNSEEN}]|\r(?!\n)")
_TO_ESCAPE = re.compile(f"[{_UNSEEN}]")


def harmless(text: str) -> str:
    """Return the text with every character that is no letter for the eye written out as ``<U+001B>``.

    Line ends and tabs stay.
    """
    return text if _is_plain(text) else _HARMFUL.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def _is_plain(text: str) -> bool:
    """Return whether nothing in a text can do harm, in a tenth of the time that a search for it takes."""
    return text.replace("\n", "").replace("\u3000", "").isprintable()


def json_text(value: Any, *, ensure_ascii: bool = False, separators: tuple[str, str] | None = None) -> str:
    """Return one JSON document on one line; what :func:`harmless` would replace stands as an escape in it."""
    text = json.dumps(value, ensure_ascii=ensure_ascii, separators=separators)  # json.dump is 20 times slower
    return text if _is_plain(text) else _TO_ESCAPE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"
