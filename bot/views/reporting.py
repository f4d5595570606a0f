"""The screens of answering a report: a question, a doubt, an odd figure, the review.

Every choice carries the unit, the round and the question it is about, so that an old button still says which one it meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.answers import Answer, Reading
from bot.domain.progress import Progress, Step
from bot.domain.questions import Kind
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import general
from bot.texts import reporting as texts
from bot.views.paging import abreast

Target = tuple[str, str]
"""Unit id and round id: the first arguments of every action here."""


def target(unit_id: int, round_id: int) -> Target:
    """As the arguments of an action."""
    return str(unit_id), str(round_id)


def which_report(action: str, forms: Iterable[tuple[Unit, Round, Progress, bool]], text: str | None = None) -> Outgoing:
    """Choose one of several reports; the last of each entry says whether it was sent."""
    rows = tuple(
        (
            Choice(
                label=texts.report_choice(unit, round_, progress, sent),
                action=(action, *target(unit.id, round_.id)),
                words=(unit.code, unit.name, unit.short),
            ),
        )
        for unit, round_, progress, sent in forms
    )
    return Outgoing(text=text or texts.which_report(), choices=rows, hint=general.hint_digits())


def question(
    at: Target,
    step: Step,
    progress: Progress,
    round_: Round,
    *,
    above: str = "",
    suggestions: Sequence[Choice] = (),
    likely: Sequence[Choice] = (),
    example: bool = True,
) -> Outgoing:
    """One question with everything that can be answered by a tap.

    Args:
        above: what was just recorded, or why nothing was.
        suggestions: readings of a doubtful text, offered before the question's own choices.
        likely: the same, instead of them (a reading to confirm).
        example: whether to show how an answer is typed.
    """
    asked = step.question
    known = progress.answers.get(asked.code)
    text = texts.question(step, progress, round_, known, example=example)
    offered = list(likely) if likely else [*suggestions, *_answers(at, step)]
    ways: list[Choice] = []
    if not likely:
        if known is not None:
            ways.append(Choice(label=texts.KEEP_AS_IS, action=("answer-as-is", *at, asked.code)))
        elif asked.optional:
            ways.append(Choice(label=texts.SKIP, action=("answer-skip", *at, asked.code)))
        if progress.before(asked.code) is not None:
            ways.append(Choice(label=texts.BACK, action=("answer-back", *at, asked.code)))
    ways.append(Choice(label=texts.LATER, action=("answer-later", *at)))
    typed = asked.kind is not Kind.CHOICE
    return Outgoing(
        text=f"{above}\n\n{text}" if above else text,
        choices=abreast([*_distinct(offered), *ways]),
        marks="letters" if typed else "digits",
        hint=texts.hint_typed() if typed else general.hint_digits(),
    )


def reading_choice(at: Target, step: Step, reading: Reading, packed: str, raw: str, label: str = "") -> Choice:
    """A reading to choose: `packed` is how the handler finds it again, `raw` what had been typed."""
    return Choice(
        label=label or texts.suggestion(step.question, reading),
        action=("answer", *at, step.question.code, "reading", packed, raw),
        words=texts.RIGHT_WORDS if label else (),
    )


def correct_choice(at: Target, step: Step) -> Choice:
    """Back to the question as it was."""
    return Choice(label=texts.CORRECT, action=("answer-again", *at, step.question.code), words=texts.WRONG_WORDS)


def odd(at: Target, step: Step, text: str) -> Outgoing:
    """A surprising figure: keep it, or correct it; a reason may be typed."""
    return Outgoing(
        text=text,
        choices=(
            (
                Choice(label=texts.RIGHT_KEEP, action=("answer-sure", *at, step.question.code), words=texts.RIGHT_WORDS),
                correct_choice(at, step),
            ),
        ),
        marks="letters",
        hint=texts.hint_typed(),
    )


def change(at: Target, step: Step, known: Answer, meant: Reading, action: tuple[str, ...]) -> Outgoing:
    """An old button of a question answered otherwise: change it or keep it."""
    return Outgoing(
        text=texts.change_question(step, known, meant),
        choices=(
            (
                Choice(label=texts.CHANGE, action=("answer-change", *action[1:]), words=texts.RIGHT_WORDS),
                Choice(label=texts.KEEP, action=("answer-keep", *at), words=texts.NO_WORDS),
            ),
        ),
        hint=general.hint_digits(),
    )


def review(
    at: Target,
    unit: Unit,
    round_: Round,
    progress: Progress,
    sent: Progress | None,
    unsent: Sequence[Step],
    above: str = "",
    *,
    returned: bool = False,
) -> Outgoing:
    """All answers on one screen, and sending them.

    `sent`: what was sent before, `unsent`: what was changed since, `returned`: whether it is wanted again.
    """
    first: list[Choice] = []
    if sent is None:
        first.append(Choice(label=texts.SEND, action=("report-send", *at)))
    elif unsent:
        first.append(Choice(label=texts.SEND_AGAIN, action=("report-send", *at), words=(texts.SEND,)))
    elif returned:
        first.append(Choice(label=texts.SEND_UNCHANGED, action=("report-send", *at), words=(texts.SEND, texts.SEND_AGAIN)))
    if progress.missing:
        first.append(Choice(label=texts.RESUME, action=("report-resume", *at)))
    last = texts.CLOSE if sent is not None and not unsent else texts.LATER
    text = texts.review(unit, round_, progress, sent, unsent)
    second = (
        Choice(label=texts.EDIT_WHICH, action=("report-edit", *at)),
        Choice(label=last, action=("answer-later", *at)),
    )
    return Outgoing(
        text=f"{above}\n\n{text}" if above else text,
        choices=(tuple(first), second) if first else (second,),
        marks="letters",  # a typed number is the number of a question
        hint=texts.hint_review(),
    )


def edit_which(at: Target, steps: Sequence[Step]) -> Outgoing:
    """Choose the question to correct; its number may be typed, so the list is lettered."""
    return Outgoing(
        text=texts.edit_which(),
        choices=(
            *(
                (Choice(label=texts.edit_label(step), action=("answer-again", *at, step.question.code), words=(step.mark,)),)
                for step in steps
            ),
            (Choice(label=texts.BACK_TO_REVIEW, action=("report-review", *at)),),
        ),
        marks="letters",
        hint=texts.hint_review(),
    )


def _answers(at: Target, step: Step) -> list[Choice]:
    asked = step.question
    action = ("answer", *at, asked.code)
    found = [
        Choice(label=option.label, action=(*action, "option", option.code), words=option.words)
        for option in asked.options
        if asked.kind is Kind.CHOICE
    ]
    typed = asked.kind is not Kind.CHOICE
    if asked.none_label or (typed and not asked.optional and asked.kind is not Kind.SENTENCE):
        label = texts.does_not_arise(asked)
        words = texts.NOT_OURS_WORDS if label == texts.NOT_OURS else ()
        found.append(Choice(label=label, action=(*action, "status", "none"), words=words))
    if typed and not asked.optional and not asked.difficulty:
        found.append(Choice(label=texts.not_yet(asked), action=(*action, "status", "unavailable")))
    return found


def _distinct(choices: Sequence[Choice]) -> list[Choice]:
    """Labels must be unique within a message: a suggestion that is one of the options already is not said twice."""
    own = {choice.label.casefold(): choice for choice in reversed(choices)}
    return [own[label] for label in dict.fromkeys(choice.label.casefold() for choice in choices)]
