"""Invents people: names, ID numbers with a valid check digit, and phone numbers.

Nobody here exists. The ID numbers name divisions and dates that exist (GB 11643), so that a reader has no
reason to refuse them. The same seed gives the same people on every machine. Knows nothing of sheets.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

Strings = npt.NDArray[np.str_]

SURNAMES = list("韦覃黄陆莫蒙李陈梁杨卢农廖谢罗甘何周刘林")
MALE_GIVEN = ["志强", "建华", "海明", "国栋", "伟", "勇", "俊杰", "金贵", "文斌", "家豪", "振宁", "德福"]
FEMALE_GIVEN = ["美兰", "秀英", "丽芳", "小燕", "凤", "梅", "春花", "桂香", "雪莲", "玉珍", "彩云", "晓敏"]

FIRST_BIRTHDAY = np.datetime64("1963-01-01")
NUM_BIRTHDAYS = 14_600  # the last one turns 18 at the end of 2020
NUM_SERIALS = 490  # of a day and sex: 010, 012, … 988 are women, 011, 013, … 989 men
SCATTER = 1_000_003  # prime to the number of (birthday, serial) pairs, so no ID comes up twice
ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK_DIGITS = np.array(list("10X98765432"))


def random_source(seed: int) -> np.random.RandomState:
    """Return the source of chance; RandomState, because its stream is frozen for all numpy releases."""
    return np.random.RandomState(seed)


def invent_people(divisions: Strings, random: np.random.RandomState) -> pd.DataFrame:
    """Invent one person for each home division.

    Parameters
    ----------
    divisions : the six-digit code of each person's county or district

    Returns
    -------
    Columns ``name``, ``sex`` (男/女), ``id_number`` and ``phone``; ID numbers and phones are unique.
    """
    num_people = len(divisions)
    is_male = random.random_sample(num_people) < 0.58
    return pd.DataFrame(
        {
            "name": _names(is_male, random),
            "sex": np.where(is_male, "男", "女"),
            "id_number": id_numbers(divisions, is_male),
            "phone": _phones(num_people, random),
        }
    )


def id_numbers(divisions: Strings, is_male: npt.NDArray[np.bool_]) -> Strings:
    """Return distinct ID numbers of people aged 18 to 58 in February 2021."""
    nth_of_division = pd.Series(divisions).groupby(divisions).cumcount().to_numpy()
    slot = (nth_of_division + 1) * SCATTER % (NUM_BIRTHDAYS * NUM_SERIALS)
    birthday = FIRST_BIRTHDAY + slot % NUM_BIRTHDAYS
    serial = 10 + 2 * (slot // NUM_BIRTHDAYS) + is_male
    dates = np.char.replace(np.datetime_as_string(birthday), "-", "")
    bodies = np.char.add(np.char.add(divisions, dates), np.char.zfill(serial.astype("U3"), 3))
    return np.char.add(bodies, check_digits(bodies))


def check_digits(bodies: Strings) -> Strings:
    """Return the eighteenth digits of ID numbers, ISO 7064 MOD 11-2 as in GB 11643."""
    digits = np.array([list(body) for body in bodies.tolist()], dtype=np.int64).reshape(-1, 17)
    return np.asarray(CHECK_DIGITS[digits @ ID_WEIGHTS % 11])


def _names(is_male: npt.NDArray[np.bool_], random: np.random.RandomState) -> Strings:
    given = np.where(
        is_male, random.choice(MALE_GIVEN, len(is_male)), random.choice(FEMALE_GIVEN, len(is_male))
    )
    return np.char.add(random.choice(SURNAMES, len(is_male)), given)


def _phones(num_people: int, random: np.random.RandomState) -> Strings:
    numbers = random.permutation(max(num_people, 100_000))[:num_people]
    return np.char.add("138", np.char.zfill(numbers.astype("U8"), 8))
