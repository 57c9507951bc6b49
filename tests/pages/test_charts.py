import json

from pages.shared import charts
from pages.shared.charts import BulletRow
from pages.shared.words import speaking


def test_a_figure_is_plain_json():
    with speaking("en"):
        figure = charts.trend(["Sep", "Oct"], [0.9, None], name="n", targets=[1, 1], share=True)
    assert json.loads(json.dumps(figure)) == figure


def test_a_gap_stays_a_gap():
    with speaking("en"):
        line = charts.trend(["Aug", "Sep", "Oct"], [1, None, 3], name="n")["data"][-1]
    assert line["y"] == [1, None, 3]
    assert line["connectgaps"] is False


def test_months_are_categories_so_that_plotly_writes_none_of_its_own():
    with speaking("en"):
        assert charts.trend(["Oct"], [1], name="n")["layout"]["xaxis"]["type"] == "category"


def test_status_is_a_shape_as_well_as_a_colour():
    with speaking("en"):
        line = charts.trend(
            ["a", "b", "c"], [1, 2, 3], name="n", statuses=["green", "amber", "red"]
        )
    assert len(set(line["data"][-1]["marker"]["symbol"])) == 3
    assert len(set(line["data"][-1]["marker"]["color"])) == 3


def test_markup_in_a_name_is_shown_letter_by_letter():
    assert charts.plain("<b>$x$ & y</b>") == "&lt;b&gt;&#36;x&#36; &amp; y&lt;/b&gt;"


def test_each_bullet_has_its_own_scale():
    rows = [
        BulletRow(name="a", value=5, target=10, lowest=0, highest=10, status="red", figure="5"),
        BulletRow(name="b", value=0.5, target=None, lowest=0, highest=1, status="none", figure="½"),
    ]
    with speaking("en"):
        bar, ticks = charts.bullet(rows)["data"]
    assert bar["x"] == [0.5, 0.5]
    assert ticks["y"] == ["a"]
    assert ticks["x"] == [1.0]
