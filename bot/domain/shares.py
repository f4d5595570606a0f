"""x of y, and percentages: 12/14 · 12 trên 14 · tiếp nhận 14, giải quyết 12 · 85% · 850/1.000 (85%)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bot.domain import phrases
from bot.domain.answers import Confirm, Doubt, Doubtful, Percent, Ratio, Reading
from bot.domain.figures import Figure, Unclear, digits, quantity, tokens
from bot.domain.questions import Question
from bot.domain.settling import COUNT_LIMIT, given, offers, percentage, settled, short
from bot.domain.words import fold


def read_ratio(question: Question, text: str) -> Reading | Doubtful:
    """A plain text (see `phrases.plain`) as x of y, or as a bare percentage where the question takes one."""
    text = phrases.joined(_PERCENT_WORD.sub("%", text))
    checked, share = _without_share(text)
    parts = _two_parts(checked)
    if parts is None:
        return _labelled(question, checked) or _no_ratio(question, text)
    if any(len(re.findall(r"\d[\d.,]*", part)) > 1 and not _SPACED.search(part) for part in parts):
        return Doubtful(why=Doubt.SEVERAL_NUMBERS)
    sides: list[Figure] = []
    for part, label in zip(parts, (question.x_label, question.y_label), strict=True):
        if not re.search(r"[a-z0-9]", part):
            return Doubtful(why=Doubt.NEEDS_DENOMINATOR if sides else Doubt.NOT_A_NUMBER)
        side = quantity(part, question.unit, f"{question.label} {question.x_label} {question.y_label} {label}")
        if isinstance(side, Unclear):
            return Doubtful(why=side.why)
        sides.append(side)
    x, y = sides
    if x.other is not None or y.other is not None:
        return Doubtful(why=Doubt.COMMA_OR_DOT, suggestions=_ratios((x.value, y.value)))
    if x.value % 1 or y.value % 1:
        return Doubtful(why=Doubt.NOT_WHOLE)
    if max(x.value, y.value) > COUNT_LIMIT:
        return Doubtful(why=Doubt.TOO_BIG)
    if x.value > y.value:
        return Doubtful(why=Doubt.X_ABOVE_Y, suggestions=_ratios((y.value, x.value)) if y.value else ())
    if share is not None and (y.value == 0 or abs(share - 100 * x.value / y.value) > 1):
        return Doubtful(why=Doubt.SEVERAL_NUMBERS, suggestions=_ratios((x.value, y.value)))
    ratio = Ratio(x=int(x.value), y=int(y.value))
    return given(ratio, estimate=x.estimate or y.estimate, confirm=x.confirm or y.confirm)


def read_percent(question: Question, text: str) -> Reading | Doubtful:
    """A plain text as a percentage. x of y is not converted silently, as the question did not ask for it."""
    marked = _PERCENT_WORD.sub("%", text)
    shares = _two_parts(marked)
    if shares is not None:
        ratio = read_ratio(question, text)
        known = ratio.value if isinstance(ratio, Reading) else None
        found = (given(_share(known)),) if isinstance(known, Ratio) and known.y else ()
        return Doubtful(why=Doubt.RANGE_OR_RATIO, suggestions=found)
    figure = quantity(marked, "%", question.label)
    if isinstance(figure, Unclear):
        return settled(figure, percentage)
    if figure.other is not None:  # three decimals: nobody means a thousand percent and more
        figure = replace(figure, value=figure.other, other=None)
    value = figure.value
    if value > 100:
        seen = re.search(r"\d+\.\d+", marked)  # "87.500%" may be meant as a decimal
        return Doubtful(why=Doubt.OVER_100, suggestions=offers([Decimal(seen.group())] if seen else [], percentage))
    if "%" not in marked and value <= 1 and re.search(r"[.,]\d", marked):
        meant = (value * 100, value)
        return Doubtful(why=Doubt.FRACTION_OR_PERCENT, suggestions=offers(meant, percentage))
    return settled(figure, percentage)


_PERCENT_WORD = re.compile(r"\b(?:phan tram|pt)\b")
_SPACED = re.compile(r"^\D*\d{1,3}(?: \d{3})+\D*$")
_OF = re.compile(r"\s*\b(?:tren|trong)(?: tong so| tong| so)?\b\s*")


def _two_parts(text: str) -> tuple[str, str] | None:
    slashed = re.search(r"[/\\]", text) is not None
    parts = re.split(r"\s*[/\\]\s*", text) if slashed else _OF.split(text)
    if len(parts) != 2 or not any(parts) or (not slashed and not parts[0]):  # "trên 90%" is no pair
        return None
    return parts[0], parts[1]


def _without_share(text: str) -> tuple[str, Decimal | None]:
    """ "12/14 (85,7%)" → the ratio and its stated share."""
    found = re.search(r"[\s,;=:(]*(?:dat\s*)?(?:ty le\s*)?(\d+(?:[.,]\d+)?)\s*%\s*\)?$", text)
    if found is None or not re.search(r"\d", text[: found.start()]):
        return text, None
    figure = digits(found[1])
    return (text, None) if figure is None else (text[: found.start()], figure.value if figure.other is None else figure.other)


def _no_ratio(question: Question, text: str) -> Doubtful | Reading:
    """No two parts: a range, a bare percentage, or one of the two figures."""
    if "%" in text:
        return read_percent(question, text) if question.percent_ok else Doubtful(why=Doubt.NEEDS_DENOMINATOR)
    pair = re.search(r"(?<![\d.,])(\d{1,6})\s*(?:-|:|,|\.|;|\s)\s*(\d{1,6})(?![\d.,])", text)
    figure = quantity(text, question.unit, f"{question.label} {question.x_label} {question.y_label}")
    whole_number = isinstance(figure, Figure) and not figure.value % 1 and not figure.confirm
    if pair is not None and not whole_number:
        if question.percent_ok and isinstance(figure, Figure) and figure.value <= 1:
            return read_percent(question, text)
        meant = _ratios((Decimal(pair[1]), Decimal(pair[2])))
        return Doubtful(why=Doubt.RANGE_OR_RATIO, suggestions=meant)
    if isinstance(figure, Unclear):
        return Doubtful(why=figure.why)
    if figure.value == 0:
        return Doubtful(why=Doubt.NEEDS_DENOMINATOR, suggestions=_ratios((Decimal(0), Decimal(0))))
    share_meant = question.percent_ok and figure.value <= 100 and figure.other is None
    return Doubtful(why=Doubt.NEEDS_DENOMINATOR, suggestions=(given(Percent(value=figure.value)),) if share_meant else ())


def _labelled(question: Question, text: str) -> Reading | None:
    """ "tiếp nhận 14, giải quyết 12": each figure beside the name of its part; to be confirmed."""
    x_words, y_words = _own_words(question.x_label, question.y_label)
    known: dict[str, int] = {}
    clauses = [clause for clause in re.split(r"[,;]\s+|\s+va\s+|\s+-\s+", text) if clause.strip()]
    if len(clauses) != 2 or not x_words or not y_words:
        return None
    for clause in clauses:
        words = set(tokens(clause))
        figures = [found for word in words if word[0].isdecimal() and (found := digits(word)) is not None]
        part = "x" if x_words <= words and not y_words <= words else "y" if y_words <= words and not x_words <= words else ""
        if len(figures) != 1 or not part or part in known or figures[0].other is not None or figures[0].value % 1:
            return None
        if words & (phrases.TURNING | phrases.UNSURE | phrases.ABOUT_BEFORE) or figures[0].value > COUNT_LIMIT:
            return None
        known[part] = int(figures[0].value)
    if known["x"] > known["y"]:
        return None
    return given(Ratio(x=known["x"], y=known["y"]), confirm=Confirm.PICKED)


def _own_words(x_label: str, y_label: str) -> tuple[set[str], set[str]]:
    """What tells the two labels apart."""
    x_words, y_words = set(fold(x_label).split()) - {"da"}, set(fold(y_label).split()) - {"da"}
    return x_words - y_words, y_words - x_words


def _ratios(*pairs: tuple[Decimal, Decimal]) -> tuple[Reading, ...]:
    return tuple(given(Ratio(x=int(x), y=int(y))) for x, y in pairs if x <= y <= COUNT_LIMIT and not x % 1 and not y % 1)


def _share(ratio: Ratio) -> Percent:
    return Percent(value=short((Decimal(100) * ratio.x / ratio.y).quantize(Decimal("0.1"))))
