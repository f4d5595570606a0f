"""Everything a round's documents tell, read in one turn."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from bot.documents.material import Answered, Material
from bot.domain import summary
from bot.domain.answers import Answer
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.rounds import Round
from storage import sheets
from storage.store import Store


def material(store: Store, round_: Round, now: datetime, office: Office) -> Material:
    """The round as it stands: the same summary the chat shows, with who said what and what was corrected."""
    picture = summary.summarise(sheets.sheet(store, round_, office.day(now)), now=now, office=office)
    units = {row.unit.id for row in picture.sheet.units}
    difficulties = [
        one
        for one in store.difficulties.all()
        if one.unit_id in units
        and (one.round_id == round_.id or (one.round_id is None and round_.since <= office.day(one.at) <= round_.last_day))
    ]
    given = store.answers.given(round_.id)
    revisions: dict[Answered, tuple[Answer, ...]] = {}
    for unit_id, answers in given.items():
        by_question: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            by_question[answer.question].append(answer)
        revisions |= {(unit_id, code): tuple(found) for code, found in by_question.items() if len(found) > 1}
    ids = {answer.person_id for answers in given.values() for answer in answers}
    ids |= {row.report.person_id for row in picture.sheet.units if row.report}
    ids |= {one.person_id for one in difficulties}
    people: dict[int, Person] = {id: store.people.get(id) for id in ids if id is not None}
    return Material(summary=picture, office=office, difficulties=difficulties, people=people, revisions=revisions)
