"""The documents of a round: a snapshot in one turn, rendered in a thread, lying in a folder of the job's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.chat.messages import OutFile, Outgoing
from bot.documents import calendar, course, docx, heatmap, picture, qr, xlsx
from bot.domain import summary
from bot.domain.people import Role
from bot.domain.rounds import Round
from bot.texts import documents as names
from bot.texts import exporting as texts
from scheduler import snapshots
from scheduler.work import Around, Finish, Prepare, Work
from storage import offices, periods, sheets
from storage.invites import LIFETIME
from storage.jobs import Job, Kind
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """One file, its name our own words (bot/documents/encoders.py)."""

    name: str
    content: bytes
    kind: Literal["document", "photo"] = "document"


Render = Callable[[], Sequence[Rendered]]
Snapshot = Callable[[Store, Round, Job, Around], Render]


def _prepared(snapshot: Snapshot) -> Prepare:
    def prepare(store: Store, job: Job, around: Around) -> Work:
        assert job.round_id is not None
        round_ = store.rounds.get(job.round_id)
        render = snapshot(store, round_, job, around)

        def work(data: Path) -> Finish:
            files = [_write(data, job.path, each) for each in render()]
            if not files:
                return lambda _: [Outgoing(text=texts.nothing_to_show(job.kind))]
            head = texts.ready(job.kind, round_, around.office.local(around.now))
            return lambda _: [Outgoing(text=head if at == 0 else "", file=file) for at, file in enumerate(files)]

        return work

    return prepare


def _workbook(store: Store, round_: Round, job: Job, around: Around) -> Render:
    material = snapshots.material(store, round_, around.now, around.office)
    return lambda: [Rendered(name=xlsx.filename(material), content=xlsx.workbook(material))]


def _report(store: Store, round_: Round, job: Job, around: Around) -> Render:
    material = snapshots.material(store, round_, around.now, around.office)
    return lambda: [Rendered(name=docx.filename(material), content=docx.report(material))]


def _calendar(store: Store, round_: Round, job: Job, around: Around) -> Render:
    """Every round of the plan in that year."""
    plan, special = store.plans.get(round_.plan_id), store.special_days.all()
    armed = [one for one in store.rounds.all() if one.year == round_.year and store.plans.get(one.plan_id).code == plan.code]
    office, now = around.office, around.now

    def render() -> list[Rendered]:
        working = offices.calendar_with(special, office, round_.year)
        content = calendar.dates(plan, round_.year, armed, working, office, now)
        return [Rendered(name=calendar.filename(plan, round_.year), content=content)]

    return render


def _pictures(store: Store, round_: Round, job: Job, around: Around) -> Render:
    """Who answered what, and how it went against the round before."""
    office, now, today = around.office, around.now, around.office.day(around.now)

    def summed(of: Round) -> summary.Summary:
        return summary.summarise(sheets.sheet(store, of, today), now=now, office=office)

    shown, before = summed(round_), periods.previous(store, round_)
    previous = summed(before) if before else None

    def render() -> list[Rendered]:
        heat = heatmap.draw(shown, office)
        called = picture.filenames(names.HEAT_MAP, shown, office.local(now), len(heat))
        (name,) = picture.filenames(names.PROGRESS, shown, office.local(now))
        made = [*zip(called, heat, strict=True), (name, course.draw(shown, previous, office))]
        return [Rendered(name=name, content=content, kind="photo") for name, content in made]

    return render


def _invites(store: Store, round_: Round, job: Job, around: Around) -> Render:
    """A new invite for every unit without a focal person; only the hash of its code stays here."""
    taken = {seat.unit_id for seat, _ in (*store.people.holders(), *store.people.waiting()) if seat.role is Role.FOCAL}
    link, now = store.meta.get("link:telegram") or "", around.now
    cards: list[qr.Card] = []
    for unit in store.units.all(on=around.office.day(now)):
        if unit.id not in taken:
            code = store.invites.create(unit_id=unit.id, role=Role.FOCAL, by=job.person_id, now=now)
            expires = around.office.local(now + LIFETIME)
            cards.append(qr.Card(unit=unit, role=Role.FOCAL, code=code, link=f"{link}{code}" if link else "", expires=expires))
    telegram, zalo = (store.meta.get(f"name:{platform}") or "" for platform in ("telegram", "zalo"))
    plan = store.plans.get(round_.plan_id)
    name = qr.filename(plan, around.office.local(now))

    def render() -> list[Rendered]:
        content = qr.invites(cards, around.office, telegram=telegram, zalo=zalo, made_up=plan.made_up)
        return [Rendered(name=name, content=content)]

    return render if cards else list


def _write(data: Path, folder: str, file: Rendered) -> OutFile:
    """For this program's user alone: names and telephones of people stand in it."""
    path = Path(folder) / file.name
    (data / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(data / path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(file.content)
    return OutFile(path=path.as_posix(), name=file.name, kind=file.kind)


KINDS: Mapping[str, Prepare] = {
    Kind.WORKBOOK: _prepared(_workbook),
    Kind.REPORT: _prepared(_report),
    Kind.CALENDAR: _prepared(_calendar),
    Kind.PICTURES: _prepared(_pictures),
    Kind.INVITES: _prepared(_invites),
}
