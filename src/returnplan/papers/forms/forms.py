"""The forms of a campaign: sign-ups, employers' demand, fleet, places."""

from dataclasses import replace

from returnplan.model.texts import Text
from returnplan.papers.forms.form import Form, FormField, day, id_number, number, one_of, text

_GUANGDONG = (
    "广州市 深圳市 东莞市 佛山市 中山市 惠州市 珠海市 江门市 肇庆市 清远市 汕头市 湛江市 茂名市 韶关市 阳江市"
    " 揭阳市 潮州市 汕尾市 河源市 梅州市 云浮市"
)
_city = one_of(_GUANGDONG, is_strict=False)
_sex = one_of("男 女")
_yes_no = one_of("是 否")
_class = one_of("脱贫户 监测对象 易地搬迁 农村低收入 其他")
_post = one_of(
    "普工 电子厂普工 缝纫工 木工 焊工 质检 仓管 司机 保安 保洁 服务员 家政 建筑工 其他", is_strict=False
)


def _required(field: FormField) -> FormField:
    return replace(field, is_required=True)


SIGNUPS = Form(
    Text("报名", "Sign-ups"),
    (
        _required(text(Text("姓名", "Name"), 12, Text("与身份证一致", "as on the ID card"), "韦小燕")),
        _sex(Text("性别", "Sex"), 7),
        _required(id_number(Text("身份证号码", "ID number"), Text("18 位,文本格式", "18 characters, text"))),
        text(Text("联系电话", "Phone"), 15, Text("本人手机,发车前要打通", "one that answers"), "13800000000"),
        text(Text("户籍市", "Prefecture"), 12, Text("设区市", "prefecture-level city"), "贵港市"),
        text(Text("户籍县(市、区)", "County"), 16, Text("县级", "county or district"), "港南区"),
        text(Text("乡镇", "Township"), 14, Text("乡镇或街道", "township or street"), "桥圩镇"),
        text(
            Text("上车地点", "Pick-up"),
            20,
            Text("不填:按上车点表,再按县汽车站", "empty: the pick-up table's, else the county's bus station"),
            "桥圩镇政府广场",
        ),
        _required(_city(Text("务工城市", "City"), 12)),
        text(
            Text("可接受城市", "Acceptable cities"),
            16,
            Text("没有企业的人也愿去的城市,顿号分开", "where a job seeker would go too"),
            "深圳市、惠州市",
        ),
        text(Text("镇街", "Town"), 12, Text("务工所在镇街", "town of the work place"), "长安镇"),
        text(
            Text("务工企业", "Employer"),
            26,
            Text("没有企业、要找工作的不填", "empty for people who look for work"),
            "华强电子科技有限公司",
        ),
        text(
            Text("下车地点", "Drop-off"),
            20,
            Text("不填:按用工需求表的地址,再按镇街", "empty: the employer's place, else the town"),
            "乌沙社区工业园东门",
        ),
        _post(Text("工种", "Post"), 12),
        day(Text("最早出发日期", "Earliest"), Text("这一天起可以走", "may leave from this day on")),
        day(Text("最晚出发日期", "Latest"), Text("最晚这一天走", "must leave by this day")),
        _class(Text("人员类别", "Class"), 14),
        text(
            Text("同行组号", "Party"),
            10,
            Text("一起走的人填同一个号", "people who travel together share it"),
            "1",
        ),
        number(Text("随行儿童", "Children along"), 10, Text("要占座的人数", "how many take a seat"), "1"),
        _yes_no(Text("是否乘坐返岗专车", "Rides"), 12),
        _yes_no(Text("取消", "Cancelled"), 8),
        text(
            Text("备注", "Remarks"), 22, Text("需要照顾的写在这里,会印到随车名单", "special care"), "听力障碍"
        ),
    ),
)
DEMAND = Form(
    Text("用工需求", "Demand"),
    (
        _required(text(Text("企业名称", "Employer"), 28, Text("全称", "full name"), "华强电子科技有限公司")),
        _required(_city(Text("所在市", "City"), 12)),
        text(Text("镇街", "Town"), 12, Text("所在镇街", "its town"), "长安镇"),
        text(
            Text("下车地点", "Drop-off"),
            26,
            Text("车开到哪里", "where the coach stops"),
            "乌沙社区工业园东门",
        ),
        _post(Text("岗位", "Post"), 14),
        number(Text("需求人数", "Headcount"), 10, Text("新招人数,老员工返岗不算", "new hires only"), "30"),
        day(Text("复工日期", "Resume date"), Text("企业开工的日子", "when production resumes")),
        day(Text("最早报到", "Earliest reception"), Text("这一天起接收人员", "takes people in from then on")),
        number(Text("月薪", "Monthly wage"), 10, Text("元", "yuan"), "5500"),
        _sex(Text("性别", "Sex"), 8),
        number(Text("最小年龄", "Min age"), 9, Text("周岁", "full years"), "18"),
        number(Text("最大年龄", "Max age"), 9, Text("周岁", "full years"), "50"),
        text(Text("联系人", "Contact"), 10, Text("到站接人的人", "who meets the coach"), "李先生"),
        text(Text("联系电话", "Phone"), 15, Text("接人的电话", "to call on arrival"), "13900000000"),
    ),
)
FLEET = Form(
    Text("车辆", "Fleet"),
    (
        _required(text(Text("车型", "Vehicle"), 16, Text("一种车型一行", "one row a type"), "49座大巴")),
        _required(
            number(
                Text("乘客座位数", "Passenger seats"),
                12,
                Text("不含驾驶员;只知核载人数的,把列名改成“核载人数”", "without the driver"),
                "49",
            )
        ),
        _required(
            number(Text("包车费(元/趟)", "Fixed cost"), 14, Text("每趟固定费用", "yuan a trip"), "3600")
        ),
        number(Text("每公里运价", "Per km"), 12, Text("元,另加", "yuan, on top"), "6"),
        number(Text("每日可用车辆数", "Per day"), 14, Text("不填:不限", "empty: any number"), "20"),
        text(
            Text("所在市", "Base"),
            12,
            Text("只接这个市的人;不填:哪里都可以", "picks up in this prefecture only; empty: anywhere"),
            "贵港市",
        ),
        number(
            Text("往返天数", "Turnaround days"), 10, Text("0:每天都有新的车", "0: the pool renews daily"), "2"
        ),
        day(Text("可用开始日期", "Available from")),
        day(Text("可用结束日期", "Available until")),
        number(Text("起运人数", "Min load"), 10, Text("不填:按规则文件", "empty: as in the rules"), "20"),
        text(Text("车牌号", "Plate"), 12, Text("一辆车一行时填", "if a row is one real vehicle"), "桂R12345"),
    ),
)
PLACES = Form(
    Text("地点", "Places"),
    (
        _required(
            text(
                Text("地点", "Place"),
                26,
                Text("与报名表的写法一致", "as sign-ups write it"),
                "桥圩镇政府广场",
            )
        ),
        _required(number(Text("纬度", "Latitude"), 12, Text("小数,如 23.04", "decimal degrees"), "23.04")),
        _required(number(Text("经度", "Longitude"), 12, Text("小数,如 109.72", "decimal degrees"), "109.72")),
        text(
            Text("所属", "Belongs to"), 18, Text("市、县,或两级都写", "prefecture, county, or both"), "港南区"
        ),
    ),
)
DISTANCES = Form(
    Text("里程", "Distances"),
    (
        _required(text(Text("起点", "From"), 26, Text("地点名", "a place"), "桥圩镇政府广场")),
        _required(text(Text("终点", "To"), 26, Text("地点名", "a place"), "虎门汽车站")),
        _required(number(Text("公里", "km"), 10, Text("按车走的路", "by road"), "452")),
        _yes_no(Text("封闭", "Closed"), 8),
        day(Text("封闭开始", "Closed from"), Text("封路的第一天", "first day of a closed road")),
        day(Text("封闭结束", "Closed until"), Text("封路的最后一天", "last day of a closed road")),
    ),
)
PICKUPS = Form(
    Text("上车点", "Pick-ups"),
    (
        _required(text(Text("乡镇", "Township"), 18, Text("乡镇或街道", "township or street"), "桥圩镇")),
        _required(
            text(
                Text("上车点", "Pick-up"),
                26,
                Text("这个乡镇的人在哪里上车", "where it boards"),
                "桥圩镇政府广场",
            )
        ),
        text(Text("县(市、区)", "County"), 16, Text("同名乡镇靠它区分", "tells namesakes apart"), "港南区"),
        text(Text("时间", "Hours"), 16, Text("可上车的时段", "when boarding is possible"), "07:00-10:00"),
    ),
)

WORKBOOKS: tuple[tuple[Text, tuple[Form, ...]], ...] = (
    (Text("报名表", "signups"), (SIGNUPS,)),
    (Text("用工需求表", "demand"), (DEMAND,)),
    (Text("车辆表", "fleet"), (FLEET,)),
    (Text("地点里程表", "places"), (PICKUPS, PLACES, DISTANCES)),
)
"""File name -> its sheets."""
