"""What the office decides about its papers (``[office]``, ``[packs]``, ``[manifest]``), and the supplies counted."""

import math
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel

from returnplan.model.rules import Name, Settings
from returnplan.model.texts import Lang, Text

_ENGLISH = {
    "牛奶": "milk",
    "面包": "bread",
    "口罩": "masks",
    "矿泉水": "water",
    "消毒液": "sanitizer",
    "晕车药": "motion-sickness pills",
    "雨衣": "raincoats",
    "八宝粥": "congee",
    "方便面": "instant noodles",
}
Pieces = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]


class Packs(RootModel[dict[Name, Pieces]]):
    """``[packs]``: what is handed out -> how many a head (children count).

    The default is what Zigong handed out in 2020 (milk, bread, masks); the numbers are for the office to set.
    """

    model_config = ConfigDict(frozen=True)

    root: dict[Name, Pieces] = {"牛奶": 1, "面包": 1, "口罩": 2}


class Office(Settings):
    """``[office]``: who sends the people. It stands on every paper and in every call.

    ``name`` of the office, its ``department``, the ``phone`` that people and carriers call, ``contact`` whom they
    ask for, ``stamp`` the words beside which it is sealed.
    """

    name: Annotated[str, Field(max_length=60)] = ""
    department: Annotated[str, Field(max_length=60)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    contact: Annotated[str, Field(max_length=40)] = ""
    stamp: Annotated[str, Field(max_length=60)] = ""


NO_OFFICE = Office()
"""Where nothing is set."""


class Columns(Settings):
    """``[manifest]``: who the papers are for, and columns that a dated rule may ask for.

    ``audience`` escort: everything (随车); carrier: no ID numbers, no employers; employer: no ID numbers.
    """

    audience: Literal["escort", "carrier", "employer"] = "escort"
    temperature: bool = False


class ManifestSettings(Settings):
    """All that the papers of a batch follow."""

    packs: Packs = Packs()
    columns: Columns = Columns()


def say_office(office: Office, lang: Lang) -> str:
    """Return the line by which a paper names its sender: office, department, whom to call; empty where none is set."""
    whom = " ".join(filter(None, (office.contact, office.phone)))
    label = Text("联系人", "contact") if office.contact else Text("电话", "phone")
    call = f"{label.zh}：{whom}" if lang == "zh" else f"{label.en}: {whom}"
    call = call if whom else ""
    return "    ".join(filter(None, (" ".join(filter(None, (office.name, office.department))), call)))


def say_seal(office: Office) -> str:
    """Return the words beside which papers are sealed; the office's name where it set none."""
    return office.stamp or office.name


def count_packs(packs: Mapping[str, float], heads: int, lang: Lang) -> dict[str, int]:
    """Return item -> pieces for ``heads`` people, rounded up; items under the name of the language."""
    return {say_item(item, lang): math.ceil(each * heads) for item, each in packs.items() if each}


def say_item(item: str, lang: Lang) -> str:
    """Return what the language calls an item; names that the office invented stay."""
    return _ENGLISH.get(item, item) if lang == "en" else item
