"""What is typed or sent while a question is open: a figure, a word that steers, the reason for a surprising figure, a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Choice, Outgoing
from bot.domain import commands
from bot.domain.answers import Confirm, Doubt, Doubtful, FileValue, Reading, Status
from bot.domain.commands import Verb
from bot.domain.progress import Step, same
from bot.domain.questions import Kind, Question
from bot.domain.reading import read
from bot.texts import doubts, general
from bot.texts import reporting as texts
from bot.views import reporting as view
from handlers import answering, pausing
from handlers import form as forms
from handlers.form import Form
from handlers.request import Request
from storage import values
from storage.store import Store


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words, a figure or a file while a question is open."""
    found = forms.in_hand(request, store)
    assert found is not None
    assert request.dialog is not None
    if not isinstance(found, Form):
        return found
    step = found.progress.step(request.dialog.text("question"))
    if step is None:
        return forms.go_on(request, store, found)
    if request.file is not None:
        return _filed(request, store, found, step)
    # "hoàn tất" is a command, and an answer where it names an option.
    if step.question.kind is not Kind.CHOICE or isinstance(_read(request, step.question), Doubtful):
        command = commands.understand(request.text)
        if command is not None and (told := _commanded(request, store, found, step, command)) is not None:
            return told
    odd = bool(request.dialog.data.get("odd"))
    if request.crossed and (odd or request.dialog.data.get("follows")):
        return _asked_again(request, store, found, step, odd=odd)
    if odd:
        return _reasoned(request, store, found, step)
    return _typed(request, store, found, step)


def _commanded(request: Request, store: Store, form: Form, step: Step, command: commands.Command) -> Sequence[Outgoing] | None:
    """A word that steers instead of answering; None for one that may be an answer."""
    match command.verb:
        case Verb.BACK:
            return answering.back(request, store, form, step)
        case Verb.LATER:
            return pausing.pause(request, store, form)
        case Verb.EDIT:
            return forms.edit(request, store, form, str(command.number or ""))
        case Verb.SKIP:
            return answering.skip(request, store, form, step)
        case Verb.SUMMARY | Verb.SUBMIT:
            return forms.review(request, store, form)
        case Verb.BEGIN | Verb.RESUME | Verb.THANKS:
            return forms.ask(request, store, form, step)
        case _:
            return None


def _asked_again(request: Request, store: Store, form: Form, step: Step, *, odd: bool) -> list[Outgoing]:
    """What was typed before this question came belongs to the one before it: sent twice, say, while the bot was slow."""
    known = form.progress.answers.get(step.question.code)
    asked = answering.ask_if_right(request, store, form, step, known) if odd and known is not None else []
    return [
        replace(message, text=general.which_question(message.text))
        for message in asked or forms.ask(request, store, form, step, follows=True)
    ]


def _typed(request: Request, store: Store, form: Form, step: Step) -> Sequence[Outgoing]:
    """Read what was typed: keep it, have it confirmed, or ask it back. Nothing doubtful is ever kept."""
    reading = _read(request, step.question)
    if isinstance(reading, Doubtful):
        offered = [_choice(form, step, suggestion, request.text) for suggestion in reading.suggestions]
        problem = texts.doubt(doubts.sentence(reading.why, step.question))
        return forms.ask(request, store, form, step, problem, suggestions=offered, example=False)
    if reading.confirm:
        likely = [_choice(form, step, reading, request.text, texts.RIGHT), view.correct_choice(form.at, step)]
        understood = doubts.to_confirm(reading, step.question, request.text)
        return forms.ask(request, store, form, step, understood, likely=likely, example=False)
    known = form.progress.answers.get(step.question.code)
    if known is not None and same(known, reading) and known.raw == request.text:
        return forms.go_on(request, store, form, texts.recap(step, known), passed=step.question.code)
    return answering.keep(request, store, form, step, reading, request.text)


def _reasoned(request: Request, store: Store, form: Form, step: Step) -> Sequence[Outgoing]:
    """What was typed below an odd figure: another figure corrects it, the same one confirms it, words are the reason.

    What was worked out from another unit or an odd way of writing is a figure to be confirmed; what has no letter in it and
    makes no figure is no reason: it is asked again.
    """
    known = form.progress.answers.get(step.question.code)
    if known is None:
        return _typed(request, store, form, step)
    reading = _read(request, step.question)
    if isinstance(reading, Reading) and not reading.confirm:
        if same(known, reading):
            return answering.explain(request, store, form, step, known, texts.CONFIRMED)
        return answering.keep(request, store, form, step, reading, request.text)
    if isinstance(reading, Reading) and reading.confirm in (Confirm.CONVERTED, Confirm.WRITING):
        return _typed(request, store, form, step)
    if not any(letter.isalpha() for letter in request.text):
        return answering.ask_if_right(request, store, form, step, known) or forms.go_on(request, store, form)
    return answering.explain(request, store, form, step, known, request.text[: texts.LONGEST_REASON])


def _filed(request: Request, store: Store, form: Form, step: Step) -> Sequence[Outgoing]:
    """A file came: the answer where one was asked for."""
    file = request.file
    assert file is not None
    if step.question.kind is not Kind.FILE:
        problem = texts.doubt(doubts.sentence(Doubt.NO_FILE_HERE, step.question))
        return forms.ask(request, store, form, step, problem, example=False)
    value = FileValue(path=file.path, sha256=file.sha256, name=file.name, size=file.size)
    return answering.keep(request, store, form, step, Reading(status=Status.GIVEN, value=value), file.name)


def _read(request: Request, question: Question) -> Reading | Doubtful:
    return read(question, request.text, today=request.today)


def _choice(form: Form, step: Step, reading: Reading, raw: str, label: str = "") -> Choice:
    packed = json.dumps([reading.status.value, values.dump(reading.value), reading.estimate], ensure_ascii=False)
    return view.reading_choice(form.at, step, reading, packed, raw, label)
