"""Who pays what for a plan: the price of each vehicle, divided by the shares of ``[payers]``.

A view of batches and riders, so it is right after every change by hand. It adds up what carriers and the railway are
paid; the planner's price of further stops is nobody's bill.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from returnplan.model.payers import PayerKind, Payers, Share, payers_of
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.text_column import text_column
from returnplan.model.texts import Lang, Text
from returnplan.problem.regimes import way_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from returnplan.problem.model import Bools, Floats

KINDS: dict[PayerKind, Text] = {
    "office": Text("组织单位", "the office"),
    "county": Text("户籍县(市、区)", "home counties"),
    "prefecture": Text("户籍市", "home prefectures"),
    "employer": Text("用工企业", "employers"),
    "worker": Text("务工人员自付", "the riders"),
    "fund": Text("专项资金", "funds"),
}
_NAMED_BY: dict[PayerKind, str] = {"county": "county", "prefecture": "prefecture", "employer": "employer"}
"""The column of riders that names a payer who is another one for each of them."""


LEAST_YUAN = 1e-9
"""Less is nothing."""


class Payer(NamedTuple):
    """Who pays: of which kind, and by what name; the name is empty where the kind says it all."""

    kind: PayerKind
    name: str

    def say(self, lang: Lang) -> str:
        """Return the name, or the words of the kind."""
        return self.name or KINDS[self.kind].say(lang)


class Account(NamedTuple):
    """What a payer pays, and for how many people."""

    payer: Payer
    yuan: float
    num_people: int


@dataclass(frozen=True)
class Payments:
    """The bill of a plan.

    Attributes
    ----------
    accounts : one a payer, the largest first; they add up to what all vehicles cost
    of_batch : the same for each batch
    own_yuan : what each person pays, by person number; who is missing pays nothing
    bills : makes the table of what each payer (``kind``, ``name``) pays in ``yuan`` for each ride (``leg``, ``batch``)
        of each ``person``
    """

    accounts: "Sequence[Account]"
    of_batch: dict[str, "Sequence[Account]"]
    own_yuan: dict[int, float]
    bills: Callable[[], pd.DataFrame]

    @property
    def is_shared(self) -> bool:
        """Return whether anybody but the office pays."""
        return any(account.payer.kind != "office" for account in self.accounts)

    @property
    def contract_yuan(self) -> float:
        """Return what carriers and railway are paid."""
        return round(sum(account.yuan for account in self.accounts), 2)

    @cached_property
    def of_person(self) -> dict[int, dict[str, list[Payer]]]:
        """The payers of each person by ride (batch id), rides in the order of travel, payers largest first."""
        ordered = self.bills().sort_values(
            ["person", "leg", "yuan"], ascending=[True, True, False], kind="stable"
        )
        columns = (ordered[name].tolist() for name in ("person", "batch", "kind", "name"))
        found: dict[int, dict[str, list[Payer]]] = {}
        for person, batch, kind, name in zip(*columns, strict=True):
            found.setdefault(person, {}).setdefault(batch, []).append(Payer(kind, name))
        return found

    def signs(self, batch: str) -> Payer:
        """Return who signs the contract of a batch: a charter has one payer, the one who bears most of it."""
        return self.of_batch[batch][0].payer


def bill_of(header: RunHeader, plan: Plan) -> Payments:
    """Return who pays what by the rules of the run."""
    return payments_of(plan, payers_of(header), header.config.get("office", {}).get("name", ""))


def payments_of(plan: Plan, payers: Payers, office: str = "") -> Payments:
    """Return who pays what.

    Parameters
    ----------
    office : the name of the office that plans, if it is known
    """
    if not payers.shares and payers.rest == "office":
        return _by_office_alone(plan, office)
    bills, price_yuan = _bills(plan, payers, office), _prices(plan)
    return _payments(bills, price_yuan)


def _prices(plan: Plan) -> dict[str, float]:
    return {batch.id: batch.contract_yuan for batch in plan.batches}


def _by_office_alone(plan: Plan, office: str) -> Payments:
    """Return the bill where the office pays all: what each batch costs, and no sums of each rider."""
    heads = text_column(plan.riders["batch"]).value_counts().to_dict()
    payer, free = Payer("office", office), [Account(Payer("office", ""), 0.0, 0)]
    own = {
        name: Account(payer, round(yuan * 100) / 100, heads[name])
        for name, yuan in _prices(plan).items()
        if yuan > LEAST_YUAN and name in heads
    }
    paid = plan.riders.loc[plan.riders["batch"].isin(list(own)), "person"]
    total = Account(payer, round(fsum(account.yuan for account in own.values()), 2), paid.nunique())
    return Payments(
        [total] if own else [],
        {batch.id: [own[batch.id]] if batch.id in own else free for batch in plan.batches},
        {},
        partial(_bills, plan, Payers(), office),
    )


def _bills(plan: Plan, payers: Payers, office: str) -> pd.DataFrame:
    """Return what each payer pays for each ride of each person."""
    price_yuan = _prices(plan)
    lines = plan.riders[["batch", "person", "leg", "prefecture", "county", "city", "employer"]].reset_index(
        drop=True
    )
    lines["kind"] = lines["batch"].map({batch.id: batch.kind for batch in plan.batches})
    heads = lines.groupby("batch")["person"].transform("size")
    whole = (lines["batch"].map(price_yuan) / heads).to_numpy(np.float64)
    left, bills = whole.copy(), []
    for share in payers.shares:
        name = _names(lines, share.payer, share.name or (office if share.payer == "office" else ""))
        pays = _holds(lines, share) & (_is_nameless(share.payer) | (name != ""))
        yuan = _capped(lines, name, share, np.where(pays, np.minimum(left, share.share * whole), 0.0))
        left = left - yuan
        bills.append(_bill(lines, share.payer, name, yuan, has_budget=share.budget is not None))
    name = _names(lines, payers.rest, office if payers.rest == "office" else "")
    bills.append(_bill(lines, payers.rest, name, left))
    return pd.concat(bills, ignore_index=True)


def _is_nameless(kind: PayerKind) -> bool:
    return kind not in _NAMED_BY


def _names(lines: pd.DataFrame, kind: PayerKind, name: str) -> "pd.Series[str]":
    """Return the name of the payer for each rider; of two counties of one name with the prefecture."""
    if kind not in _NAMED_BY:
        return pd.Series(name, index=lines.index, dtype=object)
    names = lines[_NAMED_BY[kind]].astype(object)
    if kind == "county":
        counties = lines.loc[names != "", ["prefecture", "county"]].drop_duplicates()["county"]
        is_of_two = names.isin(counties[counties.duplicated()])
        names = names.where(~is_of_two, lines["prefecture"].astype(object) + names)
    return names


def _holds(lines: pd.DataFrame, share: Share) -> "Bools":
    """Return the riders of whose journey and vehicle the share pays."""
    holds = lines["kind"].isin(share.parts).to_numpy(dtype=bool)
    if set(share.scopes) == {"provinces", "cities", "within"}:
        return holds
    ends = pd.MultiIndex.from_frame(lines[["prefecture", "county", "city"]])
    kind, journeys = pd.factorize(ends)
    scope = np.array([way_between(*journey).scope for journey in journeys], dtype=object)
    return np.asarray(holds & np.isin(scope, share.scopes)[kind], dtype=bool)


def _capped(lines: pd.DataFrame, name: "pd.Series[str]", share: Share, yuan: "Floats") -> "Floats":
    """Return the sums, cut alike for all where they come to more than a cap of the share."""
    is_train = (lines["kind"] == "train").to_numpy(dtype=bool)
    has_firm = (lines["employer"] != "").to_numpy(dtype=bool)
    everywhere = np.ones(len(lines), dtype=bool)
    caps = (
        (share.most_a_coach, "batch", ~is_train),
        (share.most_a_train, "batch", is_train),
        (share.most_a_firm, "employer", has_firm),
        (share.budget, name, everywhere),
    )
    for most, by, under in caps:
        if most is not None:
            key = lines[by] if isinstance(by, str) else by
            total = pd.Series(yuan).groupby(key.to_numpy()).transform("sum").to_numpy()
            yuan = np.where(under & (total > most), yuan * most / np.maximum(total, most + 1e-9), yuan)
    return yuan


def _bill(
    lines: pd.DataFrame, kind: PayerKind, name: "pd.Series[str]", yuan: "Floats", *, has_budget: bool = False
) -> pd.DataFrame:
    bill = lines[["batch", "person", "leg"]].assign(kind=kind, name=name, yuan=yuan, has_budget=has_budget)
    return bill[yuan > LEAST_YUAN]


def _payments(bills: pd.DataFrame, price_yuan: dict[str, float]) -> Payments:
    """Return the bill in whole cents, each batch adding up to its price."""
    key = ["batch", "kind", "name"]
    table = bills.groupby(key, sort=True).agg({"yuan": "sum", "has_budget": "max"}).reset_index()
    cents = np.floor(table["yuan"] * 100 + 1e-6)
    missing = table["batch"].map(price_yuan).mul(100).round() - cents.groupby(table["batch"]).transform("sum")
    lost = (table["yuan"] * 100 - cents).groupby(table["batch"]).rank(method="first", ascending=False)
    cents += lost <= missing  # the cents that are left go to who lost most of one
    table["yuan"] = _within_budgets(table, cents) / 100
    table["heads"] = bills.groupby(key, sort=True)["person"].nunique().to_numpy()
    table = _largest_first(table)
    of_batch: dict[str, list[Account]] = {}
    for name, account in zip(table["batch"].tolist(), _accounts(table), strict=True):
        of_batch.setdefault(name, []).append(account)
    totals = table.groupby(["kind", "name"])["yuan"].sum().round(2).reset_index()
    totals["heads"] = bills.groupby(["kind", "name"])["person"].nunique().to_numpy()
    own = bills[bills["kind"] == "worker"].groupby("person")["yuan"].sum().round(2)
    free = [Account(Payer("office", ""), 0.0, 0)]
    return Payments(
        _accounts(_largest_first(totals)),
        {name: of_batch.get(name, free) for name in price_yuan},
        {int(person): float(yuan) for person, yuan in own.items()},  # type: ignore[call-overload]
        lambda: bills,
    )


def _within_budgets(table: pd.DataFrame, cents: "pd.Series[float]") -> "pd.Series[float]":
    """Return the cents where no payer with a budget pays more in all than without rounding: others of the batch do.

    Each cent goes to that of the others whom rounding has cost least so far.
    """
    exact = table["yuan"] * 100
    lines_of = {str(batch): own.index.tolist() for batch, own in table[~table["has_budget"]].groupby("batch")}
    for _, own in table[table["has_budget"]].groupby(["kind", "name"]):
        num_over = cents[own.index].sum() - np.floor(exact[own.index].sum() + 1e-6)
        gained = (cents - exact)[own.index].sort_values(ascending=False, kind="stable")
        for line, batch in zip(gained.index.tolist(), own["batch"][gained.index].tolist(), strict=True):
            if num_over > 0 and gained[line] > 0 and batch in lines_of:
                others = lines_of[batch]
                cents[line] -= 1
                cents[others[int((cents[others] - exact[others]).to_numpy().argmin())]] += 1
                num_over -= 1
    return cents


def _largest_first(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["yuan", "kind", "name"], ascending=[False, True, True], kind="stable")


def _accounts(table: pd.DataFrame) -> list[Account]:
    columns = (table[name].tolist() for name in ("kind", "name", "yuan", "heads"))
    return [Account(Payer(kind, name), yuan, heads) for kind, name, yuan, heads in zip(*columns, strict=True)]
