"""Last year's reports: entered as the database keeps them, so that nobody's chat is full of what nobody looks at."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from bot.demo import sitting
from bot.demo.play import Play
from bot.demo.season import Act, Does
from bot.demo.typed import Figures
from bot.domain import oddity
from bot.domain.answers import Answer, Reading
from bot.domain.plan import Plan
from bot.domain.progress import progress
from bot.domain.questions import Question
from bot.domain.reading import read
from bot.domain.rounds import Round
from bot.texts import demo as texts


def reported(play: Play, act: Act, by: int, round_: Round, plan: Plan, figures: Figures) -> None:
    """One unit's part in a round that is over. `by`: the person who reported."""
    play.until(act.at)
    if act.does is Does.PAPER:
        _on_paper(play, act, by, round_, figures.random)
    else:
        _answered(play, act, by, round_, plan, figures)


def _on_paper(play: Play, act: Act, by: int, round_: Round, random: Random) -> None:
    number, on = texts.document(random), play.office.day(act.at - timedelta(days=1))
    play.ask(
        lambda store: store.answers.send_on_paper(
            round_id=round_.id, unit_id=act.unit.id, person_id=by, number=number, on=on, now=play.now
        )
    )


def _answered(play: Play, act: Act, by: int, round_: Round, plan: Plan, figures: Figures) -> None:
    questions, answers = plan.question_set(act.unit.questions), dict[str, Answer]()
    for question in questions.questions:
        if progress(questions, round_.code, answers).step(question.code) is None:
            continue
        play.passes(figures.random.triangular(4, 90, 14))
        if (typed := _typed(play, act, question, figures)) is not None:
            answers[question.code] = _kept(play, act, by, round_, question, *typed, figures.random)
    play.ask(lambda store: store.answers.send(round_id=round_.id, unit_id=act.unit.id, person_id=by, now=play.now))


def _typed(play: Play, act: Act, question: Question, figures: Figures) -> tuple[str, Reading] | None:
    """What they typed and what it means; None where an optional question was passed over."""
    for again in (False, True):
        raw = sitting.answer(act.unit, question, figures, act.manner, odd=False, again=again)
        if raw == texts.SKIP:
            return None
        understood = read(question, raw, today=play.office.day(play.now))
        if isinstance(understood, Reading) and not understood.confirm:
            return raw, understood
    raise sitting.Stuck(f"{act.unit.code} {question.code} {raw}")


def _kept(
    play: Play, act: Act, by: int, round_: Round, question: Question, raw: str, understood: Reading, random: Random
) -> Answer:
    explained = random.choice(texts.REASONS) if oddity.oddity(question, understood) is not None else ""
    return play.ask(
        lambda store: store.answers.add(
            round_id=round_.id,
            unit_id=act.unit.id,
            question=question.code,
            raw=raw,
            reading=understood,
            person_id=by,
            now=play.now,
            explanation=explained,
        )
    )
