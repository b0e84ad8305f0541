"""Who was taken for a job seeker: people without an employer, where the demand sheet has vacancies in their city."""

from collections import Counter

from returnplan.model.roster import Roster
from returnplan.model.texts import Text

_OF_SEEKERS = "求职|应聘|招聘|就业意向|[Jj]ob"
"""A list that says so in the name of its file or sheet is one of job seekers: nothing has to be said of it."""
_MOST_NAMED = 5
_OTHERS = Text("其他企业", "other employers")
_NO_VACANCY = Text("没有岗位、排不上车", "no vacancy, no seat")
_TAKEN = Text(
    "没有写务工企业的 {num} 人按求职人员安排：{where}。其实是回原单位的，请在报名表填写务工企业再排；"
    "用工需求与这些人无关的，把那张需求表移出去再排",
    "{num} people without an employer are taken for job seekers: {where}. Who returns to a former employer: write it "
    "into the sign-up and plan again; if the demand sheet is not meant for them, take it away and plan again",
)


def say_job_seekers(roster: Roster) -> list[Text]:
    """Return how many people without an employer go to which one, and how many stay behind, if their lists do not say.

    Parameters
    ----------
    roster : after matching
    """
    people = roster.people
    is_taken = (people["vacancy"] >= 0) & (people["code"] == "") | (people["code"] == "no_vacancy")
    taken = people.loc[is_taken & (people["employer"] == ""), ["signup", "vacancy", "code"]]
    taken = taken[~taken["signup"].str.contains(_OF_SEEKERS)]
    if taken.empty:
        return []
    hired = Counter(roster.vacancies[line].employer for line in taken.loc[taken["code"] == "", "vacancy"])
    named = [(Text(employer, employer), num) for employer, num in hired.most_common(_MOST_NAMED)]
    further = hired.total() - sum(num for _, num in named)
    named += [(_OTHERS, further), (_NO_VACANCY, len(taken) - hired.total())]
    zh = "、".join(f"{what.zh} {num}" for what, num in named if num)
    en = ", ".join(f"{what.en} {num}" for what, num in named if num)
    return [_TAKEN.with_values(num=len(taken), where=Text(zh, en))]
