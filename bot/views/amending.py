"""The screens of a round's questions and of changing them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.questions import Question, QuestionSet
from bot.domain.rounds import Round
from bot.texts import amending as texts
from bot.texts import correcting, general, keywords, paging
from bot.views.paging import rows, turning, within

ON_A_PAGE = 6
STOP = Choice(label=correcting.STOP, action=("questions-drop",), words=correcting.STOP_WORDS)


def which_round(rounds: Sequence[tuple[Round, bool]]) -> Outgoing:
    """Which round? With each, whether it is open."""
    choices = [Choice(label=texts.round_label(of, opened), action=("questions", str(of.id))) for of, opened in rounds]
    return _lettered(texts.which_round(), rows(choices))


def which_set(round_: Round, text: str, sets: Sequence[tuple[QuestionSet, int, bool]], *, edits: bool) -> Outgoing:
    """Which set? With each, how many questions it asks and whether it was changed."""
    choices = [
        Choice(label=texts.set_label(each, many, changed), action=("questions-set", str(round_.id), each.code, "0"))
        for each, many, changed in sets
    ]
    return _lettered(f"{text}\n\n{texts.which_set()}", rows(choices), edits=edits)


def listed(
    round_: Round, questions: QuestionSet, head: str, lines: Sequence[tuple[str, str, Question]], page: int, *, edits: bool
) -> Outgoing:
    """The questions of one set, page by page: each its line, its number ("" when left out) and itself."""
    many = max(1, -(-len(lines) // ON_A_PAGE))
    page = within(page, many)
    here = lines[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    at = (str(round_.id), questions.code)
    choices = [
        Choice(label=texts.question_label(mark, question), action=("question", *at, question.code))
        for _, mark, question in here
    ]
    other = Choice(label=texts.SETS, action=("questions", str(round_.id)))
    text = "\n".join([paging.placed(head, page, many), *(line for line, _, _ in here)])
    return _lettered(text, (*rows(choices), *turning(("questions-set", *at), page, many), (other,)), edits=edits)


def card(text: str, at: tuple[str, str, str], *, changeable: bool, left_out: bool, reworded: bool, number: bool) -> Outgoing:
    """One question. `number`: it has a number of its own, so it can be moved."""
    ways: list[Choice] = []
    if changeable and left_out:
        ways.append(Choice(label=texts.PUT_BACK, action=("question-back", *at)))
    elif changeable:
        ways.append(Choice(label=texts.REWORD, action=("question-reword", *at)))
        ways += [Choice(label=texts.AS_WRITTEN, action=("question-as-written", *at))] if reworded else []
        ways.append(Choice(label=texts.LEAVE_OUT, action=("question-out", *at)))
        ways += [Choice(label=texts.MOVE, action=("question-move", *at))] if number else []
    back = Choice(label=texts.LIST, action=("questions-set", at[0], at[1], "0"))
    return _lettered(text, (*rows(ways, wide=2), (back,)))


def ask(text: str, problem: str = "") -> Outgoing:
    """A question answered in words; the answer may begin with a figure."""
    return _lettered(f"{problem}\n\n{text}" if problem else text, ((STOP,),))


def surely(text: str) -> Outgoing:
    """The second question before anything is written."""
    yes = Choice(label=texts.APPLY, action=("question-apply",), words=keywords.APPLY)
    no = Choice(label=texts.DROP, action=("questions-drop",), words=keywords.DROP)
    return Outgoing(text=text, choices=((yes, no),), hint=general.hint_digits())


def done(text: str, round_: Round, of: str) -> Outgoing:
    """What was done, and the way back."""
    return _lettered(text, ((Choice(label=texts.LIST, action=("questions-set", str(round_.id), of, "0")),),))


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool = False) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)
