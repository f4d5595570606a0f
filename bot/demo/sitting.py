"""One made-up officer at one report: answers what is asked, as far as they get, and sends it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bot.chat.messages import ChatRef
from bot.demo.play import Play, Player
from bot.demo.typed import Figures
from bot.domain.plan import Plan
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import demo as texts
from bot.texts import paper
from storage.dialogs import Dialog
from storage.store import Store

TRIES = 4
"""How often the same question may be asked before something is wrong with the demonstration."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How somebody goes about it.

    Attributes:
        answers: how many they give before they stop; None for all of them.
        difficulty: what they say to the question about difficulties, or "".
        odd: whether one figure is far above what is usual.
        pauses: whether they leave the telephone for a while in between.
        scale: see `Figures.typed`.
    """

    answers: int | None = None
    difficulty: str = ""
    odd: bool = False
    pauses: bool = False
    scale: float = 1.0


class Stuck(Exception):
    """The bot asks something the demonstration has no answer to."""


def fill_in(play: Play, who: Player, unit: Unit, round_: Round, plan: Plan, figures: Figures, manner: Manner) -> None:
    """The whole sitting."""
    play.says(who, "/baocao")
    given, tries, last = 0, 0, ""
    questions = {question.code: question for question in plan.question_set(unit.questions).questions}
    odd = _odd_one(questions, figures.random) if manner.odd else ""
    while (dialog := _dialog(play, who.chat)) is not None and dialog.name == "report":
        _think(play, figures.random, manner, given)
        code = dialog.text("question")
        if dialog.data.get("odd"):
            play.says(who, figures.random.choice(texts.REASONS))
            continue
        tries = tries + 1 if code == last else 0
        if tries > TRIES:
            raise Stuck(f"{unit.code} {round_.code} {code}")
        if code != last and manner.answers is not None and given >= manner.answers:
            return play.says(who, texts.LATER)
        given, last = given + (code != last), code
        play.says(who, answer(unit, questions[code], figures, manner, odd=code == odd, again=tries > 0))
    _send(play, who, unit, round_, figures.random)


def correct(play: Play, who: Player, unit: Unit, round_: Round, plan: Plan, random: Random) -> None:
    """Raise one figure of a sent report a little and send it again."""
    asked = [q for q in plan.question_set(unit.questions).questions if not q.rounds or round_.code in q.rounds]
    numbered = [q.code for q in asked if q.follows is None]
    given = play.ask(lambda store: store.answers.latest(round_.id, unit.id))
    counted = [code for code in numbered if code in given and isinstance(given[code].value, int)]
    if not counted:
        return
    code = random.choice(counted)
    play.says(who, f"/sua {numbered.index(code) + 1}")
    play.passes(20)
    play.says(who, str(int(str(given[code].value)) + random.randint(1, 4)))
    dialog = _dialog(play, who.chat)
    if dialog is not None and dialog.data.get("odd"):
        play.says(who, random.choice(texts.REASONS))
    play.passes(15)
    _send(play, who, unit, round_, random)


def on_paper(play: Play, who: Player, random: Random, *, numbered: bool) -> None:
    """The report went by document."""
    play.says(who, texts.SENT_ON_PAPER)
    play.passes(20)
    play.says(who, texts.document(random)) if numbered else play.chooses(who, paper.SKIP)
    play.passes(10)
    play.chooses(who, paper.YESTERDAY)


def answer(unit: Unit, question: Question, figures: Figures, manner: Manner, *, odd: bool, again: bool) -> str:
    """What somebody types. `again`: the question was not answered yet by what they typed before."""
    if question.difficulty:
        return manner.difficulty or texts.NO_DIFFICULTY
    if again:
        return figures.plain(unit.code, question, manner.scale)
    if question.optional and figures.random.random() < 0.4:
        return texts.SKIP
    return figures.typed(unit.code, question, manner.scale, odd=odd)


def _send(play: Play, who: Player, unit: Unit, round_: Round, random: Random) -> None:
    """[Gửi]; a question about the whole report is answered with a reason."""
    before = play.ask(lambda store: store.answers.report(round_.id, unit.id))
    for _ in range(2 * TRIES):  # a reason is only kept; the report is then sent by itself
        play.passes(random.uniform(5, 40))
        dialog = _dialog(play, who.chat)
        if dialog is None:
            break
        if dialog.name == "report-check":
            play.says(who, random.choice(texts.REASONS))
        play.says(who, texts.SEND)
        after = play.ask(lambda store: store.answers.report(round_.id, unit.id))
        if after is not None and (before is None or after.revision > before.revision):
            return
    raise Stuck(f"{unit.code} {round_.code} was not sent")


def _think(play: Play, random: Random, manner: Manner, given: int) -> None:
    play.passes(random.triangular(4, 90, 14))
    if manner.pauses and given == 3:
        play.passes(random.uniform(15, 40) * 60)


def _odd_one(questions: dict[str, Question], random: Random) -> str:
    usual = [
        code
        for code, q in questions.items()
        if q.high is not None and q.kind.value in ("count", "decimal") and q.follows is None
    ]
    return random.choice(usual) if usual else ""


def _dialog(play: Play, chat: ChatRef) -> Dialog | None:
    def read(store: Store) -> Dialog | None:
        return store.dialogs.get(chat)

    return play.ask(read)
