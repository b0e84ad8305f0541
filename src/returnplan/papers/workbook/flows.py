"""The sheet 流向 of plan.xlsx: who goes from where to where, and how near to the least cost that is."""

from returnplan.assembly.views import flows_of
from returnplan.model.plan import Plan
from returnplan.model.texts import Lang, Text
from returnplan.papers.pages import Column, Page
from returnplan.papers.pages.style import CENTER, FIGURE, SHARE

FLOWS = Text("流向", "Flows")
_WHOLE = Text("合计", "Total")


def flows_page(plan: Plan, lang: Lang) -> Page:
    """Return a row a home prefecture and city, and the whole below."""
    flows = flows_of(plan)
    homes = [flow.prefecture or _WHOLE.say(lang) for flow in flows]
    columns = (
        Column(Text("来源地", "Origin").say(lang), 16, homes, CENTER),
        Column(Text("目的城市", "City").say(lang), 14, [flow.city for flow in flows], CENTER),
        Column(Text("人数", "Riders").say(lang), 12, [flow.num_people for flow in flows], FIGURE),
        Column(
            Text("车次(分摊)", "Batches (shared)").say(lang), 14, [flow.num_batches for flow in flows], FIGURE
        ),
        Column(Text("费用(元)", "Cost (yuan)").say(lang), 14, [flow.cost_yuan for flow in flows], FIGURE),
        Column(
            Text("费用下界(元)", "Lower bound").say(lang), 16, [flow.bound_yuan for flow in flows], FIGURE
        ),
        Column(Text("与下界差距", "Gap").say(lang), 14, [flow.gap for flow in flows], SHARE),
    )
    return Page(FLOWS.say(lang), columns, row_height_pt=18)
