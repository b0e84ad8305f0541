"""What ``import returnplan`` offers: the use cases under the names of their commands, and their types (docs/api.md)."""

from returnplan.config import Config, load_config
from returnplan.contract import View, check_json, plan_json
from returnplan.edits.diff import Diff, diff_json
from returnplan.model.errors import (
    ClusterError,
    Crashed,
    InputRefused,
    Interrupted,
    NobodyPlanned,
    PlanBroken,
    ReturnplanError,
    StoreError,
    StoreLocked,
    UsageError,
)
from returnplan.model.faults import Fault
from returnplan.model.plan import Batch, Plan, RunHeader, Stop
from returnplan.model.texts import Text
from returnplan.papers.forms import write_templates as init
from returnplan.planning import Effort
from returnplan.reading.learning import HeaderMeaning
from returnplan.store import Purged
from returnplan.usecases.adopt import AdoptOutcome, adopt, verify
from returnplan.usecases.board import BoardOutcome, board
from returnplan.usecases.campaign import Campaign, Inputs, Progress, open_campaign
from returnplan.usecases.change import ChangeOutcome, ChangeRequest, change
from returnplan.usecases.check import CheckOutcome, check, send_back
from returnplan.usecases.choice import Choice
from returnplan.usecases.diff import diff
from returnplan.usecases.dispatch import OrdersOutcome, VehiclesOutcome, dispatch, read_orders
from returnplan.usecases.doctor import Finding, doctor
from returnplan.usecases.explain import ExplainOutcome, explain
from returnplan.usecases.headers import Learned, headers, learn_headers
from returnplan.usecases.manifest import PapersOutcome, PapersRequest, manifest
from returnplan.usecases.nightly import NightlyOutcome, nightly
from returnplan.usecases.notify import AnswersOutcome, NotifyOutcome, notify, read_calls
from returnplan.usecases.plan.make import PlanOutcome, PlanRequest, plan
from returnplan.usecases.plan.solve import Search
from returnplan.usecases.publish import StateOutcome, publish, recall
from returnplan.usecases.purge import purge
from returnplan.usecases.report import ReportOutcome, report
from returnplan.usecases.rollup import RollupOutcome, rollup
from returnplan.usecases.show import runs, show
from returnplan.usecases.unboard import UndoOutcome, undo_boarding

__all__ = [  # noqa: RUF022  by what they are for
    "Campaign",
    "Config",
    "Inputs",
    "Progress",
    "load_config",
    "open_campaign",
    "init",
    "check",
    "send_back",
    "headers",
    "learn_headers",
    "plan",
    "show",
    "runs",
    "diff",
    "explain",
    "manifest",
    "publish",
    "recall",
    "notify",
    "read_calls",
    "dispatch",
    "read_orders",
    "change",
    "verify",
    "adopt",
    "board",
    "undo_boarding",
    "report",
    "rollup",
    "nightly",
    "doctor",
    "purge",
    "PlanRequest",
    "Search",
    "Effort",
    "Choice",
    "PapersRequest",
    "ChangeRequest",
    "Learned",
    "View",
    "CheckOutcome",
    "PlanOutcome",
    "ExplainOutcome",
    "PapersOutcome",
    "StateOutcome",
    "NotifyOutcome",
    "AnswersOutcome",
    "OrdersOutcome",
    "VehiclesOutcome",
    "ChangeOutcome",
    "AdoptOutcome",
    "BoardOutcome",
    "UndoOutcome",
    "ReportOutcome",
    "RollupOutcome",
    "NightlyOutcome",
    "Plan",
    "RunHeader",
    "Batch",
    "Stop",
    "Fault",
    "Text",
    "Diff",
    "Finding",
    "HeaderMeaning",
    "Purged",
    "plan_json",
    "check_json",
    "diff_json",
    "ReturnplanError",
    "UsageError",
    "InputRefused",
    "StoreLocked",
    "StoreError",
    "ClusterError",
    "NobodyPlanned",
    "PlanBroken",
    "Interrupted",
    "Crashed",
]
