"""The coordinators' desk of difficulties: the list, one with its history, answering and closing it; the unit is told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain.difficulties import Difficulty, Step
from bot.texts import difficulties as texts
from bot.views import difficulties as views
from handlers import shelves
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell
from storage.store import Store


def desk(request: Request, store: Store) -> Sequence[Outgoing]:
    """("open" or "all", page)"""
    which, page = request.args
    return [shelves.listed(request, store, which, int(page), edits=True)]


def open_desk(request: Request, store: Store) -> Sequence[Outgoing]:
    """The list, from a message that stays as it is."""
    return [shelves.listed(request, store, "open", 0, edits=False)]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty[, page]): one with its history."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    return [views.story(shelves.story(request, store, difficulty), shelves.page_of(request, 1), desk=True)]


def answer(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): "Trả lời" or "Sửa"."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    request.talk(store, "difficulty-answer", difficulty=difficulty.id, seen=len(difficulty.events))
    return [views.ask_answer(difficulty, store.units.get(difficulty.unit_id))]


def answer_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The answer in words, shown once more before it goes; further words replace it."""
    assert request.dialog is not None
    difficulty = store.difficulties.get(request.dialog.number("difficulty"))
    if difficulty is None or not request.actor.is_coordinator:
        return shelves.refused(request, store)
    text = shelves.said(request)
    if not text:
        return [views.answer_again(texts.only_words())]
    if len(text) > texts.LONGEST:
        return [views.answer_again(texts.too_long())]
    request.talk(store, "difficulty-answer", difficulty=difficulty.id, seen=request.dialog.number("seen"), text=text)
    return [_preview(store, difficulty, text)]


def send(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): "Gửi". The text is the one last previewed; a second press finds nothing to send."""
    difficulty, dialog = _named(request, store), request.dialog
    pending = dialog is not None and dialog.name == "difficulty-answer" and dialog.data.get("difficulty")
    if difficulty is None or dialog is None or pending != difficulty.id or not dialog.text("text"):
        return [Outgoing(text=texts.nothing_to_send())]
    text = dialog.text("text")
    if dialog.number("seen") != len(difficulty.events):  # a colleague or the unit did something since
        request.talk(store, dialog.name, difficulty=difficulty.id, seen=len(difficulty.events), text=text)
        newest = views.story(shelves.story(request, store, difficulty), 10**6, desk=True).text  # the last page
        return [Outgoing(text=f"{texts.answered_meanwhile(difficulty)}\n\n{newest}"), _preview(store, difficulty, text)]
    request.hang_up(store)
    told: list[str] = []
    untold: list[str] = []
    for each in (difficulty, *store.difficulties.merged_into(difficulty.id)):
        shelves.note(request, store, each, Step.ANSWERED, text)
        for person in shelves.concerned(store, each):
            message = views.answered(person, each, request.person, text, request.office)
            (told if tell(request, store, person.id, message) else untold).append(texts.receiver(person))
    return [Outgoing(text=texts.answer_sent(difficulty, told, untold))]


def ask_close(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): "Đóng"."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    return [views.ask_close(difficulty, store.units.get(difficulty.unit_id))]


def close(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): closed, and the unit is told."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    if difficulty.state is Step.CLOSED:
        return [Outgoing(text=texts.closed_already(difficulty))]
    shelves.note(request, store, difficulty, Step.CLOSED)
    for person in shelves.concerned(store, difficulty):
        tell(request, store, person.id, views.closed(person, difficulty, request.office))
    return [Outgoing(text=texts.closed(difficulty))]


def desk_stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """They stopped answering."""
    shelves.end(request, store, "difficulty-answer")
    return [Outgoing(text=texts.desk_stopped())]


def _preview(store: Store, difficulty: Difficulty, text: str) -> Outgoing:
    all_of_them = (difficulty, *store.difficulties.merged_into(difficulty.id))
    receivers = [texts.receiver(person) for each in all_of_them for person in shelves.concerned(store, each)]
    return views.preview(texts.preview(difficulty, store.units.get(difficulty.unit_id), receivers, text), difficulty)


def _named(request: Request, store: Store) -> Difficulty | None:
    return store.difficulties.get(int(request.args[0]))


ACTIONS: dict[str, Route] = {
    "difficulty-desk": Route(handler=open_desk, needs=Needs.COORDINATOR),
    "difficulty-list": Route(handler=desk, needs=Needs.COORDINATOR),
    "difficulty-show": Route(handler=show, needs=Needs.COORDINATOR),
    "difficulty-answer": Route(handler=answer, needs=Needs.COORDINATOR),
    "difficulty-send": Route(handler=send, needs=Needs.COORDINATOR, grave=True),
    "difficulty-close": Route(handler=ask_close, needs=Needs.COORDINATOR),
    "difficulty-close-sure": Route(handler=close, needs=Needs.COORDINATOR, grave=True),
    "difficulty-desk-stop": Route(handler=desk_stop, needs=Needs.COORDINATOR),
}

DIALOGS: dict[str, Route] = {"difficulty-answer": Route(handler=answer_said, needs=Needs.COORDINATOR)}
