"""What is known of a person, each fact declared once: for sign-up, roster, rider, JSON and plan.xlsx.

The types stand where they are checked: :class:`~returnplan.model.records.SignUp` is what a row must be,
:class:`~returnplan.model.plan.Rider` what a paper may show. Everything else that has to know all facts asks here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from returnplan.model.masking import mask_id_number, mask_name, mask_party, mask_phone
from returnplan.model.texts import NO_TEXT, Text

Kind = Literal["text", "word", "number", "flag", "day", "moment", "list"]
"""``text`` is as a person typed it, ``word`` one of those that we know (a full name of a division, a sex)."""

DTYPES: Mapping[Kind, str] = {
    "text": "texts",
    "word": "texts",
    "number": "int64",
    "flag": "bool",
    "day": "datetime64[s]",
    "moment": "datetime64[s]",
    "list": "object",
}
"""How a column of facts is kept; texts are a :class:`~returnplan.model.text_column.TextColumn`."""


OWN_WORK = "自主择业"
"""In the place of an employer: looks for work there without the office (自己找), so is no job seeker."""


@dataclass(frozen=True, slots=True)
class PersonField:
    """One fact.

    Parameters
    ----------
    name : its name in every record, frame and object of the JSON
    label : what it is called on papers and in plan.xlsx, where it has a column of ``width`` characters; without a
        width it has none there
    reach : how far it travels as it was told: to enrolment, which makes something else of it; to the roster; or to
        the rider, who has it as the roster has it
    json : whether the JSON has it always, only with ``--unmask``, or never
    mask : how it is shown to eyes that need not know it; None: it is shown whole
    is_personal : it says who somebody is or how they are; ``purge`` removes it
    is_renewed : a later row of somebody on a published batch changes it; all else stays as the person was told
    """

    name: str
    label: Text = NO_TEXT
    width: float | None = None
    kind: Kind = "text"
    reach: Literal["signup", "roster", "rider"] = "rider"
    json: Literal["always", "unmasked", "never"] = "never"
    mask: Callable[[str], str] | None = None
    is_personal: bool = False
    is_renewed: bool = False


IDENTITY = (
    PersonField(
        "name", Text("姓名", "Name"), 11, json="unmasked", mask=mask_name, is_personal=True, is_renewed=True
    ),
    PersonField("sex", Text("性别", "Sex"), 6, "word", is_personal=True, is_renewed=True),
    PersonField(
        "id_number",
        Text("身份证号码", "ID number"),  # no width: plan.xlsx travels, and the person number is its key
        json="unmasked",
        mask=mask_id_number,
        is_personal=True,
        is_renewed=True,
    ),
    PersonField(
        "phone",
        Text("联系电话", "Phone"),
        14,
        json="unmasked",
        mask=mask_phone,
        is_personal=True,
        is_renewed=True,
    ),
)
HOME = (
    PersonField("prefecture", Text("户籍市", "Prefecture"), 11, "word"),
    PersonField("county", Text("户籍县", "County"), 16, "word", json="always"),
    PersonField("township", Text("乡镇", "Township"), 12),
)
GOAL = (
    PersonField("city", Text("务工城市", "City"), 11, "word", json="always"),
    PersonField("pickup", reach="roster"),
    PersonField("dropoff", reach="roster"),
    PersonField("acceptable_cities", kind="list", reach="signup"),
    PersonField("town", reach="signup"),
)
WINDOW = (
    PersonField("earliest", Text("最早出发", "Earliest"), 12, "day", json="always"),
    PersonField("latest", Text("最晚出发", "Latest"), 12, "day", json="always"),
    PersonField("named_date", kind="day", reach="signup"),
)
WORK = (
    PersonField("employer", Text("务工企业", "Employer"), 30, reach="roster", json="always"),
    PersonField("post", Text("工种", "Post"), 12, reach="roster", json="always"),
)
JOURNEY = (
    PersonField(
        "party", Text("同行组", "Party"), 9, reach="roster", json="always", mask=mask_party, is_personal=True
    ),
    PersonField("companions", kind="list", reach="signup"),
    PersonField("num_children", kind="number", reach="roster"),
    PersonField("shuttle", kind="word", reach="roster"),
    PersonField("categories", kind="list", reach="signup"),
    PersonField("category", Text("人员类别", "Class"), 14, is_personal=True),
    PersonField("rides", kind="flag", reach="signup"),
    PersonField("health", reach="signup"),
    PersonField("cancelled", kind="flag", reach="signup"),
    PersonField("note", Text("备注", "Remarks"), 24, is_personal=True, is_renewed=True),
    PersonField("submitted", kind="moment", reach="signup"),
)

PERSON_FIELDS = (*IDENTITY, *HOME, *GOAL, *WINDOW, *WORK, *JOURNEY)
"""All of them, in the order in which the JSON has them."""

COPIED = ("signup", *(field.name for field in PERSON_FIELDS if field.reach == "rider"))
"""What a rider has as the roster has it: the reference of the row, and these facts."""

RENEWED = ("signup", *(field.name for field in PERSON_FIELDS if field.is_renewed))
"""What a later row of somebody on a published batch changes."""

MASKS = {field.name: field.mask for field in PERSON_FIELDS if field.mask}

_BY_NAME = {field.name: field for field in PERSON_FIELDS}


def label(name: str) -> Text:
    """Return what a fact is called on papers."""
    return _BY_NAME[name].label


def kind(name: str) -> Kind:
    """Return the kind of a fact; a reference (``ref``) is a text."""
    return _BY_NAME[name].kind if name in _BY_NAME else "text"
