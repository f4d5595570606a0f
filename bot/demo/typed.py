"""Made-up answers as officers type them: within the sensible ranges, mostly; the same seed gives the same figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from bot.domain.questions import Kind, Question
from bot.texts import demo as texts
from bot.texts import wording

Base = tuple[float, float]
"""How large one unit's figure is, as shares of what is usual: of x (or the figure itself) and of y."""


@dataclass
class Figures:
    """What every unit tends to answer, kept over the rounds so that one year resembles the next."""

    random: Random
    bases: dict[tuple[str, str], Base] = field(default_factory=dict)

    def typed(self, unit: str, question: Question, scale: float, *, odd: bool = False) -> str:
        """An answer. `scale`: how long the period is, and how the year went; `odd`: far above what is usual."""
        match question.kind:
            case Kind.CHOICE:
                return self._choice(question)
            case Kind.SENTENCE:
                return texts.plan_document(self.random) if question.optional else self.random.choice(texts.SENTENCES)
            case Kind.RATIO:
                return self._ratio(unit, question, scale)
            case Kind.MONEY:
                return wording.count(int(self._size(unit, question, 400, scale)) * 1_000_000)
            case Kind.DECIMAL:
                return self._area(unit, question, scale, odd=odd)
            case _:
                return self._count(unit, question, scale, odd=odd)

    def plain(self, unit: str, question: Question, scale: float) -> str:
        """The same once more, written so that nothing about it can be doubted."""
        match question.kind:
            case Kind.CHOICE:
                return question.options[0].label
            case Kind.RATIO:
                return "12/14"
            case Kind.SENTENCE:
                return self.random.choice(texts.SENTENCES)
            case _:
                return str(max(1, int(self._size(unit, question, 40, scale))))

    def _choice(self, question: Question) -> str:
        weights = [8, *([1] * (len(question.options) - 1))]
        return self.random.choices(question.options, weights)[0].label

    def _count(self, unit: str, question: Question, scale: float, *, odd: bool) -> str:
        if odd and question.high is not None:
            return wording.count(int(question.high) * 2 + self.random.randrange(9))
        if not odd and self.random.random() < 0.03:
            return texts.UNAVAILABLE
        written = wording.count(round(self._size(unit, question, 40, scale)))
        return texts.about(written) if self.random.random() < 0.08 else written

    def _area(self, unit: str, question: Question, scale: float, *, odd: bool) -> str:
        size = Decimal(round(self._size(unit, question, 200, scale) / 3, 1))
        if odd:
            return wording.decimal(Decimal(question.high or 1000) + 500)
        return wording.decimal(size.quantize(Decimal("0.1"))) if self._base(unit, question)[1] > 0.55 else "0"

    def _ratio(self, unit: str, question: Question, scale: float) -> str:
        part, size = self._base(unit, question)
        if question.percent_ok:
            if size > 0.95:
                return f"{60 + int(part * 35)}%"
            whole = int((400 + size * 2600) * scale)
        else:
            whole = int(float(question.high or 120) * 0.25 * size * scale)
            if whole == 0:
                return texts.NONE if question.none_label else "0/0"
        return f"{wording.count(int(whole * (0.62 + part * 0.36)))}/{wording.count(whole)}"

    def _size(self, unit: str, question: Question, usual: float, scale: float) -> float:
        """Between the lower bound and not quite half of the upper one, before `scale`."""
        low = float(question.low or 0)
        high = float(question.high) if question.high is not None else usual
        part, _ = self._base(unit, question)
        return low + part * (0.42 * high - low if high * 0.42 > low else high - low) * scale

    def _base(self, unit: str, question: Question) -> Base:
        key = (unit, question.code)
        if key not in self.bases:
            self.bases[key] = (self.random.random(), self.random.random())
        return self.bases[key]
