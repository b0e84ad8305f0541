"""What a person reads, in the two languages of the field; knows nothing of terminals or files."""

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One message in Chinese and English; written where the finding is made, rendered at the edge."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the wording of one language."""
        return self.zh if lang == "zh" else self.en


NO_TEXT = Text("", "")
