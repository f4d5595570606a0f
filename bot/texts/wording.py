"""How Vietnamese writes dates, times, figures, money and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.calendar import WEEKEND, WorkCalendar
from bot.domain.ladder import days_left, working_days_left

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NUMBERED = re.compile(r"(?P<word>\S.*?) (?P<number>[1-9]\d*)")  # "Phường 5", not "Phường 05"
ONE_DAY = timedelta(days=1)
MILLION = 1_000_000
BILLION = 1_000_000_000


# Dates


def short_date(day: date) -> str:
    """Like "04/5", "03/01", "20/11": a zero before days under 10 and months 1 and 2 only.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, on writing the date of a document.
    """
    return f"{day:%d}/{_month(day)}"


def full_date(day: date) -> str:
    """Like "04/5/2023"."""
    return f"{short_date(day)}/{day.year}"


def formal_date(day: date) -> str:
    """Like "ngày 04 tháng 5 năm 2023", as a document's date line has it."""
    return f"ngày {day:%d} tháng {_month(day)} năm {day.year}"


def weekday(day: date) -> str:
    """Like "thứ Năm", "Chủ nhật". Source of the capitals: Nghị định 30/2020/NĐ-CP, Phụ lục II, mục V khoản 8 điểm c."""
    return WEEKDAYS[day.weekday()]


def dated(day: date) -> str:
    """Like "thứ Năm 04/5": a date is never said without its weekday."""
    return f"{weekday(day)} {short_date(day)}"


def dated_full(day: date) -> str:
    """Like "thứ Năm 04/5/2023"."""
    return f"{weekday(day)} {full_date(day)}"


def span(first: date, last: date) -> str:
    """Like "29/4–03/5", "30/12/2026–03/01/2027"; one day: "29/4"."""
    if first == last:
        return short_date(first)
    write = short_date if first.year == last.year else full_date
    return f"{write(first)}–{write(last)}"


def period(since: date, until: date) -> str:
    """Like "từ 01/01 đến 30/4/2023"; the year is said twice only when it differs."""
    start = short_date(since) if since.year == until.year else full_date(since)
    return f"từ {start} đến {full_date(until)}"


def deadline(due: date, inclusive: bool) -> str:
    """Like "trước ngày 05/5 (chậm nhất hết thứ Năm 04/5)"; inclusive: "chậm nhất hết thứ Sáu 05/5".

    Both sides are always said: many read "trước ngày 05/5" as including the 5th.
    """
    if inclusive:
        return f"chậm nhất hết {dated(due)}"
    return f"trước ngày {short_date(due)} (chậm nhất hết {dated(due - ONE_DAY)})"


def deadline_aside(due: date, inclusive: bool) -> str:
    """The same inside brackets: "trước ngày 05/5, chậm nhất hết thứ Năm 04/5"."""
    return deadline(due, inclusive).replace(" (", ", ").rstrip(")")


def relative_day(day: date, today: date) -> str:
    """Like "hôm nay", "ngày mai", "hôm qua", else "thứ Năm 04/5", with its year when that is another one."""
    match (day - today).days:
        case 0:
            return "hôm nay"
        case 1:
            return "ngày mai"
        case -1:
            return "hôm qua"
        case _:
            return dated(day) if day.year == today.year else dated_full(day)


# Times


def clock(at: time | datetime) -> str:
    """Like "07:30". A datetime must already be local."""
    return f"{at:%H:%M}"


def said_at(local: datetime) -> str:
    """Like "15:20 thứ Tư 26/4/2023", from a local datetime. Raises ValueError on a naive one: nobody knows its hour."""
    if local.utcoffset() is None:
        raise ValueError("a datetime without a time zone has no hour to be said")
    return f"{clock(local)} {dated_full(local.date())}"


# How long still


def days_count(days: int) -> str:
    """Like "14 ngày"."""
    return f"{count(days)} ngày"


def working_days_count(days: int) -> str:
    """Like "7 ngày làm việc"."""
    return f"{count(days)} ngày làm việc"


def time_left(last_day: date, today: date, calendar: WorkCalendar) -> str:
    """How far the last valid day is, in working days, as the middle of a sentence.

    "còn 7 ngày làm việc" · "ngày mai thứ Năm 04/5 là ngày cuối" · "hôm nay thứ Năm 04/5 là ngày cuối" ·
    "hôm nay thứ Sáu 03/11 là ngày làm việc cuối trước hạn" · "không còn ngày làm việc nào trước hạn" ·
    "đã qua hạn" · "đã quá hạn 3 ngày làm việc".
    """
    left = working_days_left(last_day, today, calendar)
    match days_left(last_day, today):
        case 0:
            return f"hôm nay {dated(today)} là ngày cuối"
        case days if days < 0:
            return f"đã quá hạn {working_days_count(-left)}" if left else "đã qua hạn"
        case 1 if left:
            return f"ngày mai {dated(last_day)} là ngày cuối"
        case _ if left:
            return f"còn {working_days_count(left)}"
        case _ if calendar.is_working(today):
            return f"hôm nay {dated(today)} là ngày làm việc cuối trước hạn"
        case _:
            return "không còn ngày làm việc nào trước hạn"


def day_off(reason: str) -> str:
    """A reason from `WorkCalendar.reason`, in words: "ngày nghỉ cuối tuần", or the day's own name."""
    if reason == WEEKEND:
        return "ngày nghỉ cuối tuần"
    return reason or "ngày nghỉ theo lịch của cơ quan"


# Figures


def count(number: int) -> str:
    """Like "1.250": dots between thousands."""
    return f"{number:,}".replace(",", ".")


def decimal(number: Decimal | int, places: int | None = None) -> str:
    """Like "2,5", "12.345,67": a decimal comma, no trailing zeros. `places`: round half up to at most so many."""
    value = Decimal(number)
    if not value.is_finite():
        raise ValueError(f"not a figure: {number}")
    if places is not None:
        value = _rounded(value, places)
    whole, _, fraction = f"{abs(value):f}".partition(".")
    fraction = fraction.rstrip("0")
    written = count(int(whole)) + (f",{fraction}" if fraction else "")
    return f"-{written}" if value < 0 else written


def money(dong: int) -> str:
    """Like "1.250.000 đồng"."""
    return f"{count(dong)} đồng"


def short_money(dong: int) -> str:
    """Like "1,2 tỷ đồng", "50 triệu đồng"; below a million as `money`. Two decimals, with "khoảng" where they are not exact."""
    if abs(dong) < MILLION:
        return money(dong)
    # 999.999.999 is about 1 tỷ, not 1.000 triệu: what rounds up to the next size is written in it.
    size, name = (BILLION, "tỷ") if abs(_rounded(Decimal(dong) / BILLION, 2)) >= 1 else (MILLION, "triệu")
    exact = Decimal(dong) / size
    about = "" if _rounded(exact, 2) == exact else "khoảng "
    return f"{about}{decimal(exact, 2)} {name} đồng"


def percent(value: Decimal) -> str:
    """Like "85,7%": one decimal, no space before the sign, as the plans write it."""
    return f"{decimal(value, 1)}%"


def share(x: int, y: int) -> str:
    """x of y as a percentage; "" when y is 0. Never rounded to 100% or 0% unless it is exactly that. Both must be ≥ 0."""
    if y == 0:
        return ""
    value = _rounded(Decimal(100 * x) / y, 1)
    if 0 < x < y:
        value = min(max(value, Decimal("0.1")), Decimal("99.9"))
    return percent(value)


def ratio(x: int, y: int, noun: str = "") -> str:
    """Like "12/14 đơn (85,7%)"; "0/0 đơn"."""
    written = " ".join(part for part in (f"{count(x)}/{count(y)}", noun) if part)
    of_all = share(x, y)
    return f"{written} ({of_all})" if of_all else written


# Lists


def listed(items: Iterable[str], most: int | None = None, noun: str = "đơn vị") -> str:
    """Like "Phường 3, Phường 11 và Phường 17"; with `most`=2: "Phường 3, Phường 11 và 1 đơn vị khác". "" for nothing."""
    names = list(items)
    if most is not None and len(names) > most:
        rest = f"{count(len(names) - most)} {noun} khác" if most > 0 else f"{count(len(names))} {noun}"
        names = [*names[: max(most, 0)], rest]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def compacted(names: Sequence[str]) -> str:
    """Like "Phường 3, 11, 17; Phòng QLĐT": names that differ only in their number share their first word, numbers ascending.

    Groups keep the order in which they first appear. For tables of contents and summaries; sentences use `listed`.
    """
    groups: dict[tuple[str, bool], set[int]] = {}
    for name in names:
        if found := NUMBERED.fullmatch(name):
            groups.setdefault((found["word"], True), set()).add(int(found["number"]))
        else:
            groups.setdefault((name, False), set())
    return "; ".join(" ".join((word, ", ".join(map(str, sorted(numbers))))).rstrip() for (word, _), numbers in groups.items())


# Sentences


def capitalised(text: str) -> str:
    """The text as the start of a sentence: "Thứ Năm 04/5 …". Only the first letter changes."""
    return text[:1].upper() + text[1:]


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def of_year(title: str, year: int) -> str:
    """A report's title with its year: "báo cáo 6 tháng năm 2026", and "báo cáo năm 2026", not "báo cáo năm năm 2026"."""
    return f"{title} {year}" if title.endswith(" năm") else f"{title} năm {year}"
