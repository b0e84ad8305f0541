"""Every word of the page in both languages."""

from returnplan.model.texts import Lang, Text

WORDS = {
    "title": Text("返岗运输报告", "Return transport: report"),
    "no_names": Text(
        "本页不含姓名、电话和身份证号码。", "This page holds no name, phone or ID number of a passenger."
    ),
    "planned": Text("安排乘车", "people planned"),
    "left": Text("没有排上", "people on no coach"),
    "aboard": Text("已上车", "on board so far"),
    "absent": Text("未到", "did not come"),
    "load": Text("实载率", "seats filled"),
    "a_head": Text("元 / 人", "yuan a head"),
    "in_words": Text("一句话", "In words"),
    "to_do": Text("今日要办", "To do"),
    "map": Text("人往哪里去", "Who goes where"),
    "map_help": Text(
        "线越粗人越多。指向一条线或一个点看人数；键盘按 Tab 到图上，再按方向键。",
        "The wider the line, the more people. Point at a line or a spot for its number; with the keyboard, Tab to the "
        "map and press the arrow keys.",
    ),
    "home": Text("出发县", "county of departure"),
    "goal": Text("目的城市", "city of arrival"),
    "sketch": Text(
        "省界仅作示意(Natural Earth，公有领域)，不作划界依据。",
        "Borders are a sketch for orientation only (Natural Earth, public domain).",
    ),
    "all_flows": Text("全部流向", "All flows"),
    "from": Text("出发地", "From"),
    "to": Text("去往", "To"),
    "people": Text("人数", "People"),
    "by_day": Text("每天出发", "Departures a day"),
    "by_city": Text("目的城市", "Cities of arrival"),
    "histogram": Text("车辆坐满多少(趟数)", "How full the vehicles are (batches)"),
    "full": Text("满员", "full"),
    "below": Text("不到", "below"),
    "unplanned": Text("没有排上车的人，按原因", "People on no coach, by reason"),
    "faults": Text("有问题的表，按文件", "Faulty sheets, by file"),
    "errors": Text("错误", "errors"),
    "warnings": Text("提醒", "warnings"),
    "supplies": Text("物资", "Supplies"),
    "date": Text("日期", "Date"),
    "heads": Text("人数(含儿童)", "Heads (children too)"),
    "total": Text("合计", "Total"),
    "changes": Text("与上一个方案相比", "Changes since an earlier plan"),
    "edits": Text("手工改动", "Changes by hand"),
    "table": Text("全部车次", "All batches"),
    "search": Text("查找", "Find"),
    "search_help": Text("号车、地点、日期、车型……", "batch, place, date, vehicle ..."),
    "sort": Text("按此列排序", "sort by this column"),
    "shown": Text("显示", "shown"),
    "none": Text("无", "None"),
    "nobody": Text("没有安排任何车次。", "No batch is planned."),
    "batch": Text("号车", "Batch"),
    "route": Text("出发县 → 目的城市", "Counties → cities"),
    "vehicle": Text("车型", "Vehicle"),
    "riders": Text("人数", "People"),
    "filled": Text("实载", "Filled"),
    "km": Text("公里", "km"),
    "yuan": Text("元", "yuan"),
    "state": Text("状态", "State"),
    "stops": Text("站点", "Stops"),
}

MORE_FLOWS = Text(
    "图上是最大的 {drawn} 条流向；另有 {num} 条较小的流向共 {people} 人，见网页的“全部流向”。",
    "The map shows the largest {drawn} flows; {num} smaller ones with {people} people are in the page under All flows.",
)
MORE_BATCHES = Text(
    "这里是前 {shown} 趟，共 {num} 趟；全部见 plan.xlsx 或 returnplan show batches。",
    "These are the first {shown} of {num} batches; all are in plan.xlsx and in returnplan show batches.",
)
SINCE = Text(
    "上一个方案 {run}({made_at})：安排 {planned} 人，{batches} 趟，{cost} 元。现在与它相差 {more_planned} 人，"
    "{more_batches} 趟，{more_cost} 元。",
    "The earlier plan {run} ({made_at}) had {planned} people, {batches} batches and {cost} yuan. Since then: "
    "people {more_planned}, batches {more_batches}, yuan {more_cost}.",
)
CHANGED = (
    Text("新增", "new"),
    Text("改了车次、日期或上车点", "batch, date or pick-up changed"),
    Text("只改了时间", "only the hour changed"),
    Text("不再乘车", "no longer on a coach"),
)
UNCHANGED = Text("没有人受影响。", "Nobody is affected.")
EDITED = Text(
    "方案排好以后手工改动 {num} 次，涉及 {batches} 趟。费用从 {then} 元到 {now} 元({more} 元)，"
    "安排人数从 {planned_then} 人到 {planned} 人({more_planned} 人)。",
    "Changes by hand since the plan was made: {num}; batches concerned: {batches}. The cost went from "
    "{then} to {now} yuan ({more} yuan), the people planned from {planned_then} to {planned} ({more_planned}).",
)
EDITED_BEFORE = Text(
    "方案排好以后手工改动 {num} 次，涉及 {batches} 趟。改动前的费用没有保存(由旧版本保存)。",
    "Changes by hand since the plan was made: {num}; batches concerned: {batches}. An older version of the "
    "program did not keep what it cost before.",
)
EDITED_EARLIER = Text(
    "在这之前、所比较的方案之后，手工改动 {num} 次：{batches}。",
    "Changes by hand before that, since the plan compared with: {num} ({batches}).",
)
NOT_EDITED_SINCE = Text("方案排好以后没有手工改动。", "Nothing was changed by hand since the plan was made.")
NOT_EDITED = Text("没有手工改动。", "Nothing was changed by hand.")
MADE = Text("方案 {run}，{made_at} 排出", "Plan {run}, made {made_at}")
FLOW = Text("{home} → {goal}：{num} 人", "{home} → {goal}: {num} people")
HOME = Text("{name}：出发 {num} 人", "{name}: {num} people leave")
GOAL = Text("{name}：到达 {num} 人", "{name}: {num} people arrive")
NUMBER = Text("第{wave}批 {number}号车", "wave {wave}, coach {number}")
MAP_SUM = Text(
    "从 {homes} 个县到 {goals} 个城市的流向图，共 {num} 人",
    "Map of the flows of {num} people from {homes} counties to {goals} cities",
)


def say_all(lang: Lang) -> dict[str, str]:
    """Return the words of a language by key."""
    return {key: words.say(lang) for key, words in WORDS.items()}
