"""A day as officers type it: 10/5 · 10.5 · ngày 10 tháng 5 · thứ 5 · mai. Which days are working days is not known here."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.answers import Confirm, Doubt, Doubtful, Reading, Status
from bot.domain.words import fold, number_words, untype

YEARS = range(2000, 2101)
RECENT = timedelta(days=180)  # a day of this year that is over by less is meant as past, else next year's
FAR = timedelta(days=330)


def read_date(text: str, today: date) -> Reading | Doubtful:
    """The day `text` names, seen from the local date `today`. Never raises.

    A day without a year is the coming one, or a recent one (to be confirmed). Weekdays are the next after today.
    Saturdays, Sundays, past days and days worked out from today are to be confirmed.
    """
    if not text.strip():
        return Doubtful(why=Doubt.EMPTY)
    if len(text) > 200:
        return Doubtful(why=Doubt.NOT_A_DATE)
    if (third := _third_day(text, today)) is not None:
        return third
    text = _JUNE.sub(" 6", unicodedata.normalize("NFC", text))
    if text.isascii() and re.search(r"\bthang sau\b", text.lower()):
        return _june_or_next_month(text.lower(), today)
    first = _read(_core(fold(text)), today)
    if isinstance(first, Doubtful) and not first.suggestions and untype(text) != fold(text):
        return _read(_core(untype(text)), today)
    return first


def _read(text: str, today: date) -> Reading | Doubtful:
    text, about = re.subn(r"\b(khoang|tam|du kien|co le|chac)\b", "", text)
    text, limit = re.subn(r"\b(truoc|cham nhat)\b", "", text)
    text = re.sub(r"\b(se|hen|nop|gui|bao cao|vao|xin|la|hoan thanh|trong|het)\b", "", text)
    found = _day(" ".join(text.split()), today)
    if isinstance(found, Doubtful):
        return found
    confirm = found.confirm or (Confirm.UNSURE if limit else "")
    return replace(found, estimate=bool(about), confirm=confirm)


def _day(text: str, today: date) -> Reading | Doubtful:
    weekday, rest = _weekday_named(text)
    if weekday is not None and not rest:
        return _coming(weekday, today)
    if weekday is not None:
        match rest:
            case "tuan nay":
                return _settled(_monday(today) + timedelta(days=weekday), today, Confirm.WHICH_DAY)
            case "tuan sau" | "tuan toi":
                return _settled(_monday(today) + timedelta(days=7 + weekday), today, Confirm.WHICH_DAY)
        dated = _day(rest, today)
        if isinstance(dated, Reading) and isinstance(dated.value, date) and dated.value.weekday() != weekday:
            return Doubtful(why=Doubt.NO_SUCH_DATE, suggestions=(dated,))
        return dated
    relative = _RELATIVE.get(text)
    if relative is not None:
        return _settled(today + timedelta(days=relative[0]), today, relative[1])
    later = re.fullmatch(r"(?:sau )?(\d{1,2}) ngay(?: nua| toi)?|(\d{1,2}) hom nua", text)
    if later is not None:
        return _settled(today + timedelta(days=int(later[1] or later[2])), today, Confirm.WHICH_DAY)
    return _numbered(text, today)


def _numbered(text: str, today: date) -> Reading | Doubtful:
    """Day, month and perhaps year, in digits or words."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if iso is not None:
        return _exact(int(iso[3]), int(iso[2]), int(iso[1]), today)
    full = re.fullmatch(r"(?:ngay )?(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})", text)
    if full is not None:
        year = int(full[4])
        return _exact(int(full[1]), int(full[3]), year if year > 99 else 2000 + year, today)
    short = re.fullmatch(r"(?:ngay )?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: nam (\d{4})| nam nay)?", text)
    if short is not None:
        return _dated(int(short[1]), int(short[2]), today, short[3], this_year="nam nay" in text)
    told = re.fullmatch(
        r"(?:ngay |mung |mong )?([a-z0-9 ]+?) ?(?:thang|th|t) ?([a-z0-9 ]+?)(?: nam (\d{4})| ?[/.-] ?(\d{4})| nam nay)?", text
    )
    if told is not None:
        day, month = _small(told[1]), _month(told[2])
        if day is not None and month is not None:
            return _dated(day, month, today, told[3] or told[4], this_year=text.endswith("nam nay"))
    this_month = re.fullmatch(r"(?:ngay |mung |mong )([a-z0-9 ]+?)(?: thang (nay|sau|toi))?", text)
    if this_month is not None and (day := _small(this_month[1])) is not None:
        return _next_numbered(day, this_month[2], today)
    return _not_a_date(text, today)


def _dated(day: int, month: int, today: date, year: str | None, *, this_year: bool) -> Reading | Doubtful:
    if year is not None:
        return _exact(day, month, int(year), today)
    if this_year or not _exists(day, month, today.year):
        return _exact(day, month, today.year, today)
    meant = date(today.year, month, day)
    if meant < today - RECENT and _exists(day, month, today.year + 1):
        return _settled(date(today.year + 1, month, day), today, Confirm.WHICH_DAY)
    return _settled(meant, today, Confirm.WHICH_DAY if meant > today + FAR else "")


def _exact(day: int, month: int, year: int, today: date) -> Reading | Doubtful:
    if _exists(day, month, year):
        return _settled(date(year, month, day), today, "")
    if year not in YEARS:
        return Doubtful(why=Doubt.NO_SUCH_DATE)
    if 1 <= month <= 12 and 28 < day <= 31:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return Doubtful(why=Doubt.NO_SUCH_DATE, suggestions=_offers(last, last + timedelta(days=1)))
    if _exists(month, day, year):  # 5/13, the American order
        return Doubtful(why=Doubt.NO_SUCH_DATE, suggestions=_offers(date(year, day, month)))
    return Doubtful(why=Doubt.NO_SUCH_DATE)


def _settled(day: date, today: date, confirm: str) -> Reading | Doubtful:
    if day.year not in YEARS:
        return Doubtful(why=Doubt.NO_SUCH_DATE)
    if day < today:
        confirm = confirm or Confirm.PAST_DATE
    elif day.weekday() >= 5:
        confirm = confirm or Confirm.WEEKEND
    return Reading(status=Status.GIVEN, value=day, confirm=confirm)


def _coming(weekday: int, today: date) -> Reading | Doubtful:
    ahead = (weekday - today.weekday()) % 7
    if ahead == 0:  # "thứ 6" said on a Friday
        return Doubtful(why=Doubt.NOT_A_DATE, suggestions=_offers(today, today + timedelta(days=7)))
    return _settled(today + timedelta(days=ahead), today, Confirm.WHICH_DAY)


def _next_numbered(day: int, which: str | None, today: date) -> Reading | Doubtful:
    """ "ngày 10": of this month, or of the next when it is over."""
    over = day < today.day if which is None else which != "nay"
    year, month = (today.year, today.month) if not over else (today.year + today.month // 12, today.month % 12 + 1)
    found = _exact(day, month, year, today)
    return replace(found, confirm=found.confirm or Confirm.WHICH_DAY) if isinstance(found, Reading) else found


def _not_a_date(text: str, today: date) -> Doubtful:
    """Not one day; the days that may have been meant."""
    pairs = [(int(day), int(month)) for day, month in re.findall(r"(?<![\d/.,-])(\d{1,2})[/.,\- ](\d{1,2})(?![\d/.,-])", text)]
    seen = [
        found.value for day, month in pairs if isinstance(found := _dated(day, month, today, None, this_year=False), Reading)
    ]
    days = [value for value in seen if isinstance(value, date)]
    if text in ("tuan sau", "tuan toi"):
        days = [_monday(today) + timedelta(days=7), _monday(today) + timedelta(days=11)]
    if text in ("cuoi thang", "cuoi thang nay"):
        days = [today.replace(day=calendar.monthrange(today.year, today.month)[1])]
    if re.fullmatch(r"\d{1,2}", text) and isinstance(alone := _next_numbered(int(text), None, today), Reading):
        days = [alone.value] if isinstance(alone.value, date) else []
    return Doubtful(why=Doubt.SEVERAL_NUMBERS if len(pairs) > 1 else Doubt.NOT_A_DATE, suggestions=_offers(*days))


def _june_or_next_month(text: str, today: date) -> Reading | Doubtful:
    """Without accents "thang sau" is June or next month."""
    june, following = _read(_core(text.replace("thang sau", "thang 6")), today), _read(_core(text), today)
    if june == following or not isinstance(june, Reading) or not isinstance(following, Reading):
        return following
    if june.value == following.value:
        return replace(following, confirm=Confirm.WHICH_DAY)
    return Doubtful(why=Doubt.NOT_A_DATE, suggestions=(following, june))


def _third_day(text: str, today: date) -> Reading | Doubtful | None:
    """ "mốt" and "kia": the day after tomorrow. Folded, "mốt" is also "một", so a bare "mot" is confirmed like it."""
    said = _core(fold(text))
    if said in ("mot", "ngay mot", "ngay kia", "kia", "hom mot"):
        return _settled(today + timedelta(days=2), today, Confirm.WHICH_DAY)
    return None


_JUNE = re.compile("(?<=th\u00e1ng) s\u00e1u\\b", re.IGNORECASE)
_RELATIVE: dict[str, tuple[int, str]] = {
    **dict.fromkeys(("hom nay", "hnay", "nay", "ngay hom nay", "bua nay", "trong hom nay", "trong ngay"), (0, "")),
    **dict.fromkeys(("mai", "ngay mai", "hom sau", "bua mai", "mai nha"), (1, "")),
    **dict.fromkeys(("hom qua", "qua", "bua qua"), (-1, "")),
}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(name): name - 2 for name in range(2, 8)}


def _core(folded: str) -> str:
    """Without politeness, times of day and brackets."""
    text = re.sub(r"\b\d{1,2}\s?(?:h|gio|g|:)\s?\d{0,2}\b", " ", folded)
    text = re.sub(r"^(?:(?:da|vang|ok|em|anh|chi|ben|toi|minh)\b[ ,]*)+", "", " ".join(text.split()))
    text = re.sub(r"\b(?:sang|trua|chieu|toi)\b(?=.*(?:\d|mai|nay|thu|mot|qua|kia))", " ", text)
    text = re.sub(r"(?<=\d|[a-z])\s+(?:sang|trua|chieu)$", "", " ".join(text.split()))
    text = re.sub(r"(?:[ ,]*\b(?:a|ah|nhe|nha|em|anh|chi|thoi|luon))+$", "", text.rstrip(" .!,"))
    return " ".join(text.replace("(", " ").replace(")", " ").replace(",", " , ").split()).replace(" , ", " ").strip(" ,.")


def _weekday_named(text: str) -> tuple[int | None, str]:
    """The weekday at the start and what follows ("ngay 11/5")."""
    sunday = re.match(r"(?:chu nhat|cn)\b\s*", text)
    if sunday is not None:
        return 6, text[sunday.end() :]
    named = re.match(r"(?:thu\s?(hai|ba|tu|nam|sau|bay|[2-7])|t([2-7]))(?![\w/.-])\s*", text)
    if named is None:
        return None, text
    return _WEEKDAYS[named[1] or named[2]], text[named.end() :]


def _month(said: str) -> int | None:
    special = {"gieng": 1, "tu": 4, "chap": 12, "nay": None, "sau": None}  # "thang sau": next month
    return special[said] if said in special else _small(said)


def _small(said: str) -> int | None:
    return int(said) if re.fullmatch(r"\d{1,2}", said) else number_words(said)


def _exists(day: int, month: int, year: int) -> bool:
    return year in YEARS and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _offers(*days: date) -> tuple[Reading, ...]:
    return tuple(Reading(status=Status.GIVEN, value=day) for day in dict.fromkeys(days))[:3]
