"""The JSON for machines (docs/contract.md#json): what a plan and a check look like; decides and computes nothing.

Texts are never null; a date that nobody told is. Names, ID numbers and phones leave only with ``unmask``.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from returnplan.model.advice import KEY, Advice, advice_on
from returnplan.model.faults import Fault
from returnplan.model.intake import SheetReport
from returnplan.model.masking import mask_driver, mask_name, mask_text
from returnplan.model.person import MASKS, PERSON_FIELDS
from returnplan.model.plan import Batch, Plan, Rest, RunHeader, Stop
from returnplan.model.texts import Lang
from returnplan.papers.wording import say_advice

if TYPE_CHECKING:
    import pandas as pd

    from returnplan.assembly.payments import Account

Json = dict[str, Any]

_ALWAYS = tuple(field.name for field in PERSON_FIELDS if field.json == "always")
_UNMASKED = tuple(field.name for field in PERSON_FIELDS if field.json == "unmasked")
_RIDER = (
    *("person", "signup", "seat", "carriage", "seat_no", "pickup", "dropoff"),
    *(*_ALWAYS, "flexed", "journey", "leg", "status"),
)

_NAMING = frozenset(
    {
        "companion_unclear", "companion_unknown", "duplicate_signup", "named_only", "not_named",
        "same_name_phone",
    }
)  # fmt: skip
"""Faults whose value is a person's name."""


@dataclass(frozen=True, slots=True)
class View:
    """In which language, and whether names, ID numbers and phones may be seen."""

    lang: Lang
    unmask: bool = False


def plan_json(header: RunHeader, plan: Plan, view: View) -> Json:
    """Return the object that ``show --json`` prints."""
    from returnplan.assembly.payments import bill_of  # loads pandas

    riders, advised = _riders_by_batch(plan.riders, view), advice_on(plan)
    bill = bill_of(header, plan)
    return {
        "run": run_json(header, view),
        "summary": {
            **{name: value for name, value in plan.summary.items() if name != KEY},
            "contract_yuan": bill.contract_yuan,
            "payers": [_account_json(account, view) for account in bill.accounts],
        },
        "batches": [
            {
                **batch_json(batch, view),
                "printed": plan.printed.get(batch.id),
                "payer": bill.signs(batch.id).say(view.lang),
                "payers": [_account_json(account, view) for account in bill.of_batch[batch.id]],
                "advice": _advice_json(advised.get(batch.id), view),
                "riders": riders[batch.id],
            }
            for batch in plan.batches
        ],
        "unplanned": unplanned_json(plan.unplanned, view),
        "faults": faults_json(plan.faults, view),
        "matches": plan.matches[["person", "signup", "employer", "post"]].to_dict("records"),
    }


def run_json(header: RunHeader, view: View) -> Json:
    """Return who made the plan, when, from what."""
    return {
        "id": header.id,
        "created_at": header.created_at.isoformat(timespec="seconds"),
        "version": header.version,
        "as_of": header.as_of.isoformat() if header.as_of else None,
        "inputs": [{"path": f.path, "sha256": f.sha256, "rows": f.rows} for f in header.inputs],
        "config": header.config if view.unmask else _masked(header.config),
    }


def batch_json(batch: Batch, view: View) -> Json:
    """Return a batch without its riders."""
    return {
        "id": batch.id,
        "wave": batch.wave,
        "version": batch.version,
        "state": batch.state,
        "kind": batch.kind,
        "date": batch.date.isoformat(),
        "city": batch.city,
        "cities": list(batch.cities),
        "vehicle": batch.vehicle,
        "mode": batch.mode,
        "service": batch.service,
        "product": batch.product,
        "block": batch.block,
        "base": batch.base,
        "carrier": batch.carrier,
        "plate": batch.plate,
        "seats": batch.seats,
        "usable": batch.usable,
        "load": batch.load,
        "km": round(batch.km, 3),
        "cost": round(batch.cost_yuan, 2),
        "contract_yuan": round(batch.contract_yuan, 2),
        "drivers": list(batch.drivers if view.unmask else map(mask_driver, batch.drivers)),
        "depart": batch.depart.isoformat(timespec="seconds"),
        "arrive": batch.arrive.isoformat(timespec="seconds"),
        "drivers_needed": batch.num_drivers,
        "notices": list(batch.notices),
        "rests": [_rest_json(rest) for rest in batch.rests],
        "stops": [_stop_json(stop) for stop in batch.stops],
    }


def _account_json(account: "Account", view: View) -> Json:
    return {
        "payer": account.payer.say(view.lang),
        "kind": account.payer.kind,
        "yuan": account.yuan,
        "people": account.num_people,
    }


def _advice_json(advice: Advice | None, view: View) -> Json | None:
    """Return what to do of a draft tonight, None if nobody asked."""
    if advice is None:
        return None
    return {
        "send": advice.send,
        "by": advice.by.isoformat(),
        "code": advice.reason,
        "reason": say_advice(advice).say(view.lang),
        "waiting": advice.num_waiting,
        "saving": advice.saving_yuan,
        "cheaper": advice.num_cheaper,
        "futures": advice.num_futures,
        "no_shows": advice.no_shows,
        "standby": list(advice.standby),
    }


def _stop_json(stop: Stop) -> Json:
    return {
        "seq": stop.seq,
        "kind": stop.kind,
        "place": stop.place,
        "city": stop.city,
        "lat": stop.lat,
        "lon": stop.lon,
        "time": stop.time.isoformat(timespec="seconds"),
        "on": stop.num_on,
        "off": stop.num_off,
    }


def _rest_json(rest: Rest) -> Json:
    return {
        "after": rest.after,
        "kind": rest.kind,
        "time": rest.time.isoformat(timespec="seconds"),
        "minutes": rest.minutes,
    }


def riders_json(riders: "pd.DataFrame", view: View) -> list[Json]:
    """Return the riders, in the order of the frame."""
    if view.unmask:
        return _records(riders, (*_RIDER, "order_no", *_UNMASKED))
    masked = {name: riders[name].map(MASKS[name]) for name in _ALWAYS if name in MASKS}
    return _records(riders.assign(**masked), _RIDER)


def _riders_by_batch(riders: "pd.DataFrame", view: View) -> dict[str, list[Json]]:
    by_batch: dict[str, list[Json]] = {}
    for batch, rider in zip(riders["batch"], riders_json(riders, view), strict=True):
        by_batch.setdefault(batch, []).append(rider)
    return by_batch


def unplanned_json(unplanned: "pd.DataFrame", view: View) -> list[Json]:
    """Return everybody who is on no batch, with the reason in the language of the view."""
    words = {f"{what}_{view.lang}": what for what in ("reason", "suggestion")}
    always, unmasked = ([name for name in names if name in unplanned] for names in (_ALWAYS, _UNMASKED))
    names = ("person", "signup", *always, "code", "reason", "suggestion", "group")
    return _records(unplanned.rename(columns=words), (*names, *(unmasked if view.unmask else ())))


class Finding(NamedTuple):
    """What a fault says to a reader."""

    value: str
    message: str
    fix: str


def finding_of(fault: Fault, view: View) -> Finding:
    """Return what stands in the cell, what is wrong and how to mend it, as the view may see it."""
    texts = fault.message.say(view.lang), fault.fix.say(view.lang)
    if view.unmask:
        return Finding(fault.value, *texts)
    show = mask_name if fault.code in _NAMING else mask_text
    return Finding(show(fault.value), *map(mask_text, texts))


def faults_json(faults: tuple[Fault, ...], view: View) -> list[Json]:
    """Return the faults; a value that may be a name, an ID number or a phone is masked."""
    return [_fault_json(fault, finding_of(fault, view)) for fault in faults]


def _fault_json(fault: Fault, found: Finding) -> Json:
    return {
        "file": fault.file,
        "sheet": fault.sheet,
        "cell": fault.cell,
        "value": found.value,
        "code": fault.code,
        "message": found.message,
        "fix": found.fix,
        "severity": fault.severity,
        "signup": fault.signup,
    }


def check_json(sheets: tuple[SheetReport, ...], faults: tuple[Fault, ...], view: View) -> Json:
    """Return the object that ``check --json`` prints."""
    return {
        "sheets": [
            {
                "file": sheet.file,
                "sheet": sheet.sheet,
                "kind": sheet.kind,
                "header_row": sheet.header_row,
                "rows": sheet.rows,
                "accepted": sheet.accepted,
                "not_read": sheet.not_read,
            }
            for sheet in sheets
        ],
        "faults": faults_json(faults, view),
    }


def _records(frame: "pd.DataFrame", names: tuple[str, ...]) -> list[Json]:
    """Return the named columns line by line, dates as ISO text."""
    columns = {
        name: _iso_texts(column) if column.dtype.kind == "M" else column.tolist()
        for name, column in ((name, frame[name]) for name in names)
    }
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _iso_texts(days: "pd.Series[Any]") -> list[str | None]:
    texts = days.dt.strftime("%Y-%m-%d").astype(object)
    return list(texts.where(days.notna(), None))


def _masked(value: Any) -> Any:
    """Return settings with the numbers of people masked in every text."""
    if isinstance(value, dict):
        return {_masked(key): _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner) for inner in value]
    return mask_text(value) if isinstance(value, str) else value
