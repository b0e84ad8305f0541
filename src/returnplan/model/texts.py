"""What a person reads, in the two languages of the field; knows nothing of terminals or files."""

from typing import Literal, NamedTuple, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


class _Count(int):
    """A number with its noun: ``{num:batch|batches}`` is 1 batch, 2 batches; ``{num:,batch|batches}`` 1,842 batches."""

    def __format__(self, spec: str) -> str:
        """Return the number alone, or with the noun of one or of many."""
        one, is_counted, many = spec.partition("|")
        if not is_counted:
            return super().__format__(spec)
        comma = spec[: spec.startswith(",")]
        return f"{int(self):{comma}} {one.removeprefix(comma) if self == 1 else many}"


class Text(NamedTuple):
    """One message in Chinese and English; written where the finding is made, rendered at the edge."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the wording of one language."""
        return self.zh if lang == "zh" else self.en

    def filled(self, lang: Lang, **values: object) -> str:
        """Return the wording with values in it.

        A whole number may bring its noun: ``{num:batch|batches}``. A value that is a text is said in the same language.
        """
        return self.say(lang).format(**{name: _in(lang, value) for name, value in values.items()})

    def with_values(self, **values: object) -> "Text":
        """Return both wordings with values in them, as ``filled`` does."""
        return Text(self.filled("zh", **values), self.filled("en", **values))


def _in(lang: Lang, value: object) -> object:
    """Return a value as it is put into a wording."""
    if isinstance(value, Text):
        return value.say(lang)
    return _Count(value) if type(value) is int else value


NO_TEXT = Text("", "")


def num_units(words: str) -> int:
    """Return the length of a text as Excel counts it: a letter beyond the first 65,536 counts twice."""
    return len(words) if words.isascii() else len(words) + sum(letter > "\uffff" for letter in words)


def shortened(words: str, most_units: int, ending: str = "…") -> str:
    """Return a text whole if it is no longer than ``most_units``, else its beginning with ``ending``."""
    if num_units(words) <= most_units:
        return words
    left = most_units - num_units(ending)
    beginning = words[:left]
    while (too_many := num_units(beginning) - left) > 0:
        beginning = beginning[: -((too_many + 1) // 2)]
    return beginning.rstrip() + ending
