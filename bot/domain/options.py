"""Which option of a CHOICE question a text names: its code, its label, or what everybody types for it."""

from __future__ import annotations

import re
from difflib import get_close_matches

from bot.domain import phrases
from bot.domain.answers import Doubt, Doubtful, Reading, Status
from bot.domain.questions import Option, Question
from bot.domain.settling import given
from bot.domain.words import fold, vocabulary


def read_choice(question: Question, text: str) -> Reading | Doubtful:
    """A plain text (see `phrases.plain`) as one of the options; otherwise those it comes near are suggested."""
    for said in dict.fromkeys((text, phrases.unpolished(text, keep="roi"), phrases.unpolished(text))):
        option = _option(question.options, said)
        if option is not None:
            return given(option.code)
        if phrases.says_none(said):
            return Reading(status=Status.NONE)
    said = phrases.unpolished(text)
    near = [option for option in question.options if _mentions(option, said)]
    if not near:
        names = {name: option for option in question.options for name in _names(option)}
        near = list(dict.fromkeys(names[name] for name in get_close_matches(said[:60], names, n=2, cutoff=0.75)))
    vague = said in ("", "da", "x", "k", "kg", "khong", "khong co", "o")
    suggestions = tuple(given(option.code) for option in near)
    return Doubtful(why=Doubt.AMBIGUOUS_WORD if vague else Doubt.NOT_A_CHOICE, suggestions=suggestions)


# What everybody types for the three states a task can be in, whatever the label says.
_STATE_WORDS: dict[str, frozenset[str]] = {
    "done": vocabulary(
        "da co|co|co roi|da co roi|roi|xong|xong roi|da xong|da xong roi|hoan thanh|da hoan thanh|hoan tat|da lam|da lam xong|"
        "lam roi|lam xong|lam xong roi|da ban hanh|ban hanh roi|da ky|da ky ban hanh|da thuc hien|da trien khai|da lap|"
        "da xay dung|hoan thanh roi"
    ),
    "in_progress": vocabulary(
        "dang|dang lam|dang lam do|lam do|dang soan|dang soan thao|dang du thao|du thao|dang trinh|dang trinh ky|trinh ky|"
        "dang cho ky|cho ky|dang xay dung|dang thuc hien|dang trien khai|dang tien hanh|dang xu ly|dang hoan thien|gan xong|"
        "sap xong"
    ),
    "not_started": vocabulary(
        "chua|chua co|chua lam|chua thuc hien|chua trien khai|chua ban hanh|chua bat dau|chua xay dung|chua lap|chua tien hanh|"
        "chua he|chua dau|chua nua"
    ),
    "yes": frozenset({"co", "co roi", "da co", "roi", "dung", "dung roi"}),
    "no": frozenset({"khong", "khong co", "chua"}),
}
_NOT_A_START = frozenset({"da", "k"})  # "dạ" only says "yes, sir"
_HINTS = {
    "done": "xong|hoan thanh|da co|da ban hanh|roi|co",
    "in_progress": "dang|sap|du thao|chua xong",
    "not_started": "chua|khong",
}


def _option(options: tuple[Option, ...], said: str) -> Option | None:
    """The one option these words name, or None."""
    if not said:
        return None
    for named in (
        [option for option in options if said in (fold(option.code), fold(option.label))],
        [option for option in options if said in map(fold, option.words)],
        [option for option in options if said in _STATE_WORDS.get(option.code, ())],
        [option for option in options if f"{fold(option.label)} ".startswith(f"{said} ") and said not in _NOT_A_START],
    ):
        if named:
            return named[0] if len(named) == 1 else None
    ongoing = [option for option in options if option.code == "in_progress"]
    if (
        ongoing
        and re.fullmatch(r"dang( [a-z]+){1,6}", said)
        and not {"chua", "khong", "nhung", "roi", "xong"} & set(said.split())
    ):
        return ongoing[0]
    return None


def _names(option: Option) -> tuple[str, ...]:
    return (fold(option.label), *map(fold, option.words), *sorted(_STATE_WORDS.get(option.code, ())))


def _mentions(option: Option, said: str) -> bool:
    label, hint = fold(option.label), _HINTS.get(option.code)
    if hint is not None and re.search(rf"(?<!chua )(?<!khong )\b(?:{hint})\b", said):
        return True
    return bool(re.search(rf"\b{re.escape(label)}\b", said)) if label else False
