"""The forms of a campaign: each asks for the fields that the reader of its sheet declares."""

from returnplan.model.texts import Text
from returnplan.papers.forms.form import Form
from returnplan.reading.employer_sheets import demand_sheet
from returnplan.reading.fleet_sheet import fleet_sheet
from returnplan.reading.place_sheets import distance_sheet, pickup_sheet, place_sheet
from returnplan.reading.signup_sheet import signup_sheet

_NO_YEAR = None  # a form has no dates to complete

WORKBOOKS: tuple[tuple[Text, tuple[Form, ...]], ...] = (
    (Text("报名表", "signups"), (Form(Text("报名", "Sign-ups"), signup_sheet(_NO_YEAR)),)),
    (Text("用工需求表", "demand"), (Form(Text("用工需求", "Demand"), demand_sheet(_NO_YEAR)),)),
    (Text("车辆表", "fleet"), (Form(Text("车辆", "Fleet"), fleet_sheet(_NO_YEAR)),)),
    (
        Text("地点里程表", "places"),
        (
            Form(Text("上车点", "Pick-ups"), pickup_sheet()),
            Form(Text("地点", "Places"), place_sheet()),
            Form(Text("里程", "Distances"), distance_sheet(_NO_YEAR)),
        ),
    ),
)
"""File name -> its sheets."""
