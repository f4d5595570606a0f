"""/cauhoi: the questions of a round, reworded, left out, put back and reordered before it opens; never after, when units have
read them. Every change is shown first and written when confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import amendments
from bot.domain.amendments import Place
from bot.domain.questions import LONGEST_QUESTION, unknown_placeholder
from bot.texts import amending as texts
from bot.views import amending as views
from handlers.request import Request
from handlers.round_questions import Asking, asking
from handlers.routes import Needs, Route
from storage.store import Store

WORDS, NUMBER, SURE = "question-words", "question-number", "question-sure"
"""Dialogues. Their data: round, set and question; SURE also `op` (words, out, back, move), the text or the number."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/cauhoi: the one round, or which."""
    found = [asking(request, store, round_.id) for round_ in store.rounds.all() if round_.closed_at is None]
    ahead = [each for each in found if each.changeable or each.round.last_day >= request.today]
    match ahead:
        case []:
            return [Outgoing(text=texts.no_round())]
        case [only]:
            return [_sets(only, edits=False)]
        case _:
            return [views.which_round([(each.round, not each.changeable) for each in ahead])]


def of_round(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round)"""
    return [_sets(_found(request, store), edits=True)]


def of_set(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, set, page)"""
    here, of = _found(request, store), request.args[1]
    asked = {each.code: each for each in amendments.asked(here.plan, of, here.round.code)}
    lines = [
        (texts.line(mark, asked[code], here.round, (of, code) in here.changes.wording), mark, asked[code])
        for code, mark in amendments.marks(here.plan, of, here.round.code).items()
    ]
    for each in amendments.asked(here.written, of, here.round.code):
        if (of, each.code) in here.changes.left_out:
            lines.append((texts.line_left_out(each), "", each))
    questions = here.plan.question_set(of)
    head = texts.set_head(questions, here.round)
    text = head if here.changeable else f"{here.standing}\n\n{head}"
    return [views.listed(here.round, questions, text, lines, int(request.args[2]), edits=True)]


def card(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, set, question)"""
    here, place = _found(request, store), _place(request)
    written = amendments.question(here.written, place)
    mark = here.mark(place)
    now = amendments.question(here.plan, place) if mark else written
    text = texts.card(mark, now, written, here.round, here.plan.question_set(place[0]))
    if not here.changeable:
        text = f"{text}\n\n{here.standing}"
    return [
        views.card(
            text,
            (str(here.round.id), *place),
            changeable=here.changeable,
            left_out=place in here.changes.left_out,
            reworded=place in here.changes.wording,
            number=written.follows is None,
        )
    ]


# What is to change


def reword(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, set, question): [Sửa câu chữ]"""
    here, place = _found(request, store), _place(request)
    if refused := _refused(here, place):
        return refused
    request.talk(store, WORDS, **here.data(place))
    return [views.ask(texts.ask_words(amendments.question(here.plan, place), here.round))]


def words_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The new words."""
    here, place = _open(request, store)
    if refused := _refused(here, place):
        return refused
    text, now = " ".join(request.text.split()), amendments.question(here.plan, place)
    problem = ""
    if not texts.SHORTEST <= len(text) <= LONGEST_QUESTION:
        problem = texts.bad_words()
    elif found := unknown_placeholder(text):
        problem = texts.bad_braces(found)
    elif text == now.text:
        problem = texts.same_words()
    if problem:
        return [views.ask(texts.ask_words(now, here.round), problem)]
    return _preview_words(request, store, here, place, text)


def as_written(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, set, question): [Theo kế hoạch]"""
    here, place = _found(request, store), _place(request)
    if refused := _refused(here, place):
        return refused
    return _preview_words(request, store, here, place, amendments.question(here.written, place).text)


def leave_out(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, set, question): [Bỏ câu này]"""
    here, place = _found(request, store), _place(request)
    if refused := _refused(here, place):
        return refused
    if not amendments.may_leave_out(here.plan, here.round.code, place):
        return [Outgoing(text=texts.only_one())]
    request.talk(store, SURE, **here.data(place), op="out")
    after = amendments.amended(here.written, amendments.left_out(here.changes, place))
    many = len(amendments.asked(here.plan, place[0], here.round.code)) - len(amendments.asked(after, place[0], here.round.code))
    now, questions = amendments.question(here.plan, place), here.plan.question_set(place[0])
    return [views.surely(texts.preview_leave_out(here.mark(place), now, many - 1, here.round, questions))]


def put_back(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, set, question): [Hỏi lại câu này]"""
    here, place = _found(request, store), _place(request)
    if not here.changeable or place not in here.changes.left_out:
        return [Outgoing(text=texts.gone() if here.changeable else here.standing)]
    request.talk(store, SURE, **here.data(place), op="back")
    written, questions = amendments.question(here.written, place), here.plan.question_set(place[0])
    return [views.surely(texts.preview_put_back(written, here.round, questions))]


def move(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, set, question): [Đổi thứ tự]"""
    here, place = _found(request, store), _place(request)
    if refused := _refused(here, place):
        return refused
    request.talk(store, NUMBER, **here.data(place))
    return [views.ask(_ask_number(here, place))]


def number_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The new place."""
    here, place = _open(request, store)
    if refused := _refused(here, place):
        return refused
    many = len(amendments.numbered(here.plan, place[0], here.round.code))
    said = request.text.strip()
    if not (said.isascii() and said.isdecimal() and 1 <= int(said) <= many):
        return [views.ask(_ask_number(here, place), texts.bad_number(many))]
    number = int(said)
    after = amendments.amended(here.written, amendments.moved(here.changes, here.written, here.round.code, place, number))
    request.talk(store, SURE, **here.data(place), op="move", number=number)
    steps = here.steps(place[0], after)
    return [views.surely(texts.preview_move(steps, number, here.round, here.plan.question_set(place[0])))]


# Writing


def apply(request: Request, store: Store) -> Sequence[Outgoing]:
    """What was previewed, if the round is still to open; a second press finds nothing."""
    if request.dialog is None or request.dialog.name != SURE:
        return [Outgoing(text=texts.gone())]
    here, place = _open(request, store)
    op, data = request.dialog.text("op"), request.dialog
    request.hang_up(store)
    if not here.changeable:
        return [Outgoing(text=here.standing)]
    match op:
        case "words":
            changes = amendments.reworded(here.changes, here.written, place, data.text("text"))
        case "out":
            changes = amendments.left_out(here.changes, place)
        case "back":
            changes = amendments.put_back(here.changes, place)
        case _:
            changes = amendments.moved(here.changes, here.written, here.round.code, place, data.number("number"))
    store.rounds.amend(here.round.id, changes, request.now, what=op, set=place[0], question=place[1])
    return [views.done(texts.done(here.round, here.opens), here.round, place[0])]


def drop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Không ghi], [Thôi]"""
    if request.dialog is not None and request.dialog.name in (WORDS, NUMBER, SURE):
        request.hang_up(store)
    return [Outgoing(text=texts.not_done())]


def choose(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words where a choice is expected."""
    return [Outgoing(text=texts.choose_first())]


def _sets(here: Asking, *, edits: bool) -> Outgoing:
    changed = {of for of, _ in (*here.changes.wording, *here.changes.left_out)} | set(here.changes.order)
    sets = [(each, len(here.steps(each.code)), each.code in changed) for each in here.plan.question_sets]
    return views.which_set(here.round, here.standing, sets, edits=edits)


def _preview_words(request: Request, store: Store, here: Asking, place: Place, text: str) -> Sequence[Outgoing]:
    request.talk(store, SURE, **here.data(place), op="words", text=text)
    now, questions = amendments.question(here.plan, place), here.plan.question_set(place[0])
    return [views.surely(texts.preview_words(here.mark(place), now, text, here.round, questions))]


def _ask_number(here: Asking, place: Place) -> str:
    many = len(amendments.numbered(here.plan, place[0], here.round.code))
    return texts.ask_number(here.mark(place), amendments.question(here.plan, place), many)


def _refused(here: Asking, place: Place) -> list[Outgoing]:
    """Why this question cannot be changed now; nothing when it can."""
    if not here.changeable:
        return [Outgoing(text=here.standing)]
    return [] if here.mark(place) else [Outgoing(text=texts.gone())]


def _found(request: Request, store: Store) -> Asking:
    return asking(request, store, int(request.args[0]))


def _open(request: Request, store: Store) -> tuple[Asking, Place]:
    """What the dialogue is about."""
    assert request.dialog is not None
    here = asking(request, store, request.dialog.number("round"))
    return here, (request.dialog.text("set"), request.dialog.text("question"))


def _place(request: Request) -> Place:
    return request.args[1], request.args[2]


_ROUTES = {
    "questions": of_round, "questions-set": of_set, "question": card, "question-reword": reword,
    "question-as-written": as_written, "question-out": leave_out, "question-back": put_back, "question-move": move,
    "question-apply": apply, "questions-drop": drop,
}  # fmt: skip

COMMANDS = {"cauhoi": Route(handler=begin, needs=Needs.COORDINATOR)}
ACTIONS = {name: Route(handler=handler, needs=Needs.COORDINATOR, grave=handler is apply) for name, handler in _ROUTES.items()}
DIALOGS = {
    WORDS: Route(handler=words_said, needs=Needs.COORDINATOR),
    NUMBER: Route(handler=number_said, needs=Needs.COORDINATOR),
    SURE: Route(handler=choose, needs=Needs.COORDINATOR),
}
