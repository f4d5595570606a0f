"""Pictures for a phone: the right size, legible with many units, readable without colour, the line where the figures are."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PIL import Image, ImageChops

from bot.documents import course, heatmap, picture
from bot.documents.drawing import WIDTH, fitted, font, name_fitted, width_of
from bot.documents.heatmap import STYLES, Look
from bot.domain.answers import Status
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.summary import summarise
from tests.documents import demo
from tests.sheets import HANOI, NOW, OFFICE, PLAN, UNITS, given, longest_value, random_sheet, round_of, sent, without

QUESTIONS = PLAN.question_set("ward").questions
WARD = {question.code: question for question in QUESTIONS}


def image_of(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    assert image.format == "PNG"
    return image


@pytest.mark.parametrize(("units", "pages"), [(1, 1), (28, 1), (100, 3)])
def test_a_heat_map_is_as_wide_as_a_phone_and_never_too_tall_for_one(units: int, pages: int) -> None:
    summary = demo.material(units=demo.many_units(units) if units > 1 else UNITS[:1]).summary
    contents = heatmap.draw(summary, OFFICE)
    assert len(contents) == pages
    for content in contents:
        image = image_of(content)
        assert image.width == WIDTH == 1080
        assert image.height <= 2400  # Telegram keeps up to 2,560 on the longer side
        assert round(image.info["dpi"][0]) == 300
        assert len(content) < 150_000


def test_no_unit_is_lost_between_two_pictures() -> None:
    summary = demo.material(units=demo.many_units(100)).summary
    strips = list(heatmap._strips(summary, OFFICE))
    pages = list(heatmap._paged(strips, 300))
    drawn = Counter(strip.standing.unit.id for page in pages for strip in page if strip.standing)
    assert drawn == Counter(row.unit.id for row in summary.sheet.units)
    for page in pages[1:]:
        assert page[0].kind == "group" or page[0].kind == "key"


def test_every_look_has_a_sign_of_its_own_so_that_no_colour_is_needed() -> None:
    assert set(STYLES) == set(Look)
    signs = [style.sign for style in STYLES.values()]
    assert len(set(signs)) == len(signs)


def test_every_sign_and_every_vietnamese_letter_is_in_the_font() -> None:
    missing = font(24).getmask("\U0010ffff").getbbox(), bytes(font(24).getmask("\U0010ffff"))
    letters = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
    for sign in letters + letters.upper() + "".join(style.sign for style in STYLES.values()) + "²³½–—…“”‘’•·×÷≤≥₫%":
        for bold in (False, True):
            drawn = font(24, bold).getmask(sign)
            assert (drawn.getbbox(), bytes(drawn)) != missing, sign


def test_each_cell_shows_what_was_said() -> None:
    cuoc, don, khu_pho, m2, kk = (WARD[code] for code in ("DT_CUOC", "DON_GQ", "HNND", "HD_M2", "KK"))
    answers = {
        "KH_DV": given(WARD["KH_DV"], "in_progress"),
        "TCD_LUOT": given(WARD["TCD_LUOT"], 20, estimate=True),
        "DON_GQ": without(don, Status.NONE),
        "DT_CUOC": given(cuoc, 500),
        "HNND": without(khu_pho, Status.UNAVAILABLE),
        "HD_M2": given(m2, 12),  # its follow-up, the households, has no answer
        "KK": without(kk, Status.NONE),
    }
    summary = summary_of(sent(UNITS[0], answers, NOW), UnitSheet(unit=UNITS[1], report=None, draft=answers))
    sent_, draft = (strip.cells for strip in heatmap._strips(summary, OFFICE) if strip.standing)
    assert sent_ == (
        Look.GIVEN, Look.ESTIMATE, Look.NONE, Look.LOOK, Look.UNAVAILABLE, Look.SILENT, Look.SILENT, Look.SILENT,
        Look.SILENT, Look.NONE,
    )  # fmt: skip
    assert set(draft) == {Look.DRAFT, Look.SILENT}


def test_a_cell_that_changes_changes_the_picture() -> None:
    one = summary_of(sent(UNITS[0], {"DT_CUOC": given(WARD["DT_CUOC"], 5)}, NOW))
    other = summary_of(sent(UNITS[0], {"DT_CUOC": given(WARD["DT_CUOC"], 500)}, NOW))
    before, after = (image_of(heatmap.draw(each, OFFICE)[0]).convert("RGB") for each in (one, other))
    left, top, right, bottom = ImageChops.difference(before, after).getbbox()
    assert right - left < 80 and bottom - top < 60  # one cell, nothing else


def test_a_made_up_round_says_so_in_its_pictures() -> None:
    real, made_up = demo.material(made_up=False).summary, demo.material().summary
    for plain, marked in (
        (heatmap.draw(real, OFFICE)[0], heatmap.draw(made_up, OFFICE)[0]),
        (course.draw(real, None, OFFICE), course.draw(made_up, None, OFFICE)),
    ):
        reds = [
            sum(n for n, (r, g, b) in image.convert("RGB").getcolors(100_000) if r > 150 and g < 60 and b < 60)
            for image in (image_of(plain), image_of(marked))
        ]
        assert reds[1] > reds[0] + 2_000


def test_the_progress_picture_holds_this_round_against_the_last_one() -> None:
    material = demo.material()
    alone = image_of(course.draw(material.summary, None, OFFICE))
    both = image_of(course.draw(material.summary, demo.previous(), OFFICE))
    assert alone.width == both.width == WIDTH
    assert alone.height == both.height
    assert ImageChops.difference(alone.convert("RGB"), both.convert("RGB")).getbbox()


def test_the_line_ends_where_the_share_of_reports_is() -> None:
    frame = course._Frame(left=0, right=100, top=0, bottom=200, first=-5, last=5)
    arrivals = [-3, -3, 0, 2]
    points = dict(frame.steps(arrivals, 8, 5))
    assert points[frame.place(-4, 0)[0]] == 200
    assert points[frame.place(-3, 0)[0]] == 150  # 2 of 8
    assert points[frame.place(5, 0)[0]] == 100  # 4 of 8
    assert max(frame.steps(arrivals, 8, 1)) == frame.place(1, Decimal(3) / 8)


def test_reports_are_counted_on_the_offices_day() -> None:
    late_evening = datetime(2023, 5, 4, 23, 59, tzinfo=HANOI)
    summary = summary_of(sent(UNITS[0], {}, late_evening), sent(UNITS[1], {}, late_evening + timedelta(minutes=1)))
    assert course._arrivals(summary, OFFICE) == [0, 1]


def test_empty_and_extreme_rounds_are_drawn_all_the_same() -> None:
    empty = summary_of()
    assert image_of(heatmap.draw(empty, OFFICE)[0]).width == WIDTH
    assert image_of(course.draw(empty, empty, OFFICE)).width == WIDTH
    names = ("Tên rất dài " * 30, "\x00\ud800😀", "W" * 200, "")
    rows = [sent(replace(UNITS[at], name=name, short=name), {}, NOW) for at, name in enumerate(names)]
    assert image_of(heatmap.draw(summary_of(*rows), OFFICE)[0]).width == WIDTH
    for seed in range(4):
        summary = summarise(random_sheet(seed, longest_value), NOW, OFFICE)
        earlier = summarise(random_sheet(seed + 10), NOW, OFFICE)
        assert image_of(course.draw(summary, earlier, OFFICE)).width == WIDTH
        assert all(image_of(content) for content in heatmap.draw(summary, OFFICE))


def test_long_names_keep_the_word_that_tells_them_apart() -> None:
    name, size = name_fitted("Phường Tân Sơn Nhì mở rộng khu vực phía Tây 12", 27, 20, 250)
    assert name.endswith("… 12") and size == 20
    assert width_of(name, size) <= 250
    assert fitted("Phường 5", 27, 250) == "Phường 5"


def test_their_names_tell_the_round_and_the_page() -> None:
    summary = demo.material().summary
    assert picture.filenames("bang-mau", summary, NOW, 2) == (
        "minh-hoa-bang-mau-1-847-2023-6t-2023-20230505-1700.png",
        "minh-hoa-bang-mau-2-847-2023-6t-2023-20230505-1700.png",
    )


def summary_of(*rows: UnitSheet):
    return summarise(Sheet(round=round_of(), plan=PLAN, units=rows), NOW, OFFICE)
