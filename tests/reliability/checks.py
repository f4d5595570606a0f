"""What must hold, whatever happens. I-numbers: shared/design/reliability.md, section 4. What counts is what people saw."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.chat.messages import ChatRef
from bot.domain import ladder
from bot.texts import general
from storage.outbox import Claimed
from storage.store import Store
from storage.tables import AnswerRow, InboxRow, MessageRow, ReminderRow
from tests.reliability import town
from tests.reliability.line import Arrival

if TYPE_CHECKING:
    from tests.reliability.sim import Officer, Simulation

ANNOUNCED = re.compile(r"UBND Phường (\d+)\.\s+Theo Kế hoạch [^,]+, đơn vị gửi báo cáo đợt (\w+) ")
REMINDED = re.compile(r"báo cáo đợt (\w+)(?: năm \d+)? của Phường (\d+)")
PROMISED = re.compile(r"là ngày Phường (\d+) dự kiến gửi báo cáo đợt (\w+)")
EXCERPTED = re.compile(r"\(Phường (\d+)\), trích Kế hoạch")
LEFT = re.compile(r"còn (\d+) ngày làm việc tới hạn báo cáo đợt (\w+) của")
LAST_DAY = re.compile(r"là ngày cuối nhận báo cáo đợt (\w+) của")
LATE = re.compile(r"chưa nhận được báo cáo đợt (\w+) của")
ACKNOWLEDGED = re.compile(r"✓[^\n]*?([\d.]+) lượt")

# Telegram allows 30 a second over all chats, one a second in a chat with short bursts; we promise to stay below.
MOST_A_SECOND = 30
BURST = 4

# A push claimed just before closing time may arrive a little later.
GRACE = timedelta(minutes=2)
QUIET_BEFORE = time(8, 0)


def about(text: str) -> set[tuple[int, str]]:
    """The units and rounds a reminder speaks of."""
    found = {(int(unit), code) for unit, code in ANNOUNCED.findall(text) + PROMISED.findall(text)}
    return found | {(int(unit), code) for code, unit in REMINDED.findall(text)}


def units_named(text: str) -> set[int]:
    """The units an unasked message speaks of."""
    return {unit for unit, _ in about(text)} | {int(unit) for unit in EXCERPTED.findall(text)}


def a_push_is_claimed(sim: Simulation, claimed: Claimed) -> None:
    """I3: nothing is said about a report that is in. I5: nobody hears what is not theirs at that moment."""
    officer = sim.officers[claimed.piece.chat]
    text = claimed.piece.message.text
    if claimed.id == claimed.first_id and not units_named(text):
        sim.wrong(f"I5 an unasked message nobody can place: {text[:60]!r}")
    for unit, code in about(text):
        if (unit, code) in sim.answered:
            sim.wrong(f"I3 reminded of {code} of unit {unit} although it was sent at {sim.answered[unit, code]:%d/%m %H:%M}")
    for unit in units_named(text):
        if not officer.held(unit, sim.now):
            sim.wrong(f"I5 {officer.name} is told about unit {unit}, which is not theirs")


def a_request_leaves(sim: Simulation, claimed: Claimed) -> None:
    """I6: our own pace, overall and in a chat, and silence while a platform asked for it."""
    now, chat = sim.now, claimed.piece.chat
    for platform, since, until in sim.silent[-6:]:
        if platform == chat.platform and since < now < until:
            sim.wrong(f"I6 a request to {platform} leaves while it asked for silence until {until:%d/%m %H:%M:%S}")
    mine = [at for at in sim.left[chat] if now - at < timedelta(seconds=BURST)]
    if len(mine) >= 2 * BURST and mine[0] > sim.born:
        sim.wrong(f"I6 {len(mine) + 1} requests to one chat within {BURST} s")
    sim.left[chat] = [*mine, now]
    recent = sim.left_at_all[chat.platform]
    recent.append(now)
    while now - recent[0] >= timedelta(seconds=1):
        recent.popleft()
    if len(recent) > MOST_A_SECOND and recent[0] > sim.born:
        sim.wrong(f"I6 {len(recent)} requests to {chat.platform} within a second")


def something_arrives(sim: Simulation, officer: Officer, arrival: Arrival) -> None:
    """I2 copies; office hours; I8 no volley and no stale words; order within a lane."""
    text, row = arrival.piece.message.text, arrival.row
    sim.copies[row] += 1
    if sim.copies[row] > 1 + min(sim.doubts[row], 1):
        sim.wrong(f"I2 copy {sim.copies[row]} of message {row}, in doubt {sim.doubts[row]} times")
    lane = (arrival.chat, "push" if arrival.kind == "push" else "other")
    if sim.copies[row] == 1:
        if arrival.kind not in ("edit", "push") and row < sim.newest[lane, arrival.kind]:
            sim.wrong(f"message {row} arrives after {sim.newest[lane, arrival.kind]} in the same chat")
        sim.newest[lane, arrival.kind] = max(row, sim.newest[lane, arrival.kind])
    for token in ACKNOWLEDGED.findall(text):
        sim.acknowledged.add(token.replace(".", ""))
    if arrival.kind != "push":
        return
    when = arrival.claimed_at.astimezone(town.HANOI)
    if not (sim.calendar.is_working(when.date()) and time(7, 30) <= when.time() < time(17, 0)):
        sim.wrong(f"an unasked message leaves at {when:%a %d/%m %H:%M}")
    if sim.copies[row] == 1:
        head = sim.heads.get(row, row)
        last = sim.heard.get(officer.person_id)
        if last is not None and last[1] != head and arrival.at - last[0] < timedelta(minutes=27):
            sim.wrong(
                f"I8 {officer.name} hears two unasked messages within {(arrival.at - last[0]).total_seconds() / 60:.0f} min"
            )
        sim.heard[officer.person_id] = (arrival.at, head)
    today = when.date()
    for days, code in LEFT.findall(text):
        true = ladder.working_days_left(sim.rounds[code].last_day, today, sim.calendar)
        if int(days) != true and not _just_moved(sim, code, arrival.claimed_at):
            sim.wrong(f"I8 stale words: {days} working days to {code}, in truth {true}")
    for code in LAST_DAY.findall(text):
        if today != sim.rounds[code].last_day and not _just_moved(sim, code, arrival.claimed_at):
            sim.wrong(f"I8 stale words: last day of {code} said on {today}")
    for code in LATE.findall(text):
        if today <= sim.rounds[code].last_day and not _just_moved(sim, code, arrival.claimed_at):
            sim.wrong(f"I8 stale words: {code} called late on {today}")
    for at in about(text):
        sim.told[at].append(arrival.at)
        _note_lateness(sim, at[1], arrival)


def _just_moved(sim: Simulation, code: str, claimed_at: datetime) -> bool:
    """The date moved between the claim and the arrival."""
    return any(claimed_at <= moved <= sim.now for moved in sim.moved[code])


def _note_lateness(sim: Simulation, code: str, arrival: Arrival) -> None:
    """I7, on days when nothing went wrong: seconds from the rung's moment to the phone."""
    day = arrival.at.astimezone(town.HANOI).date()
    moment = town.local(day, 8, 30)
    quiet = sim.born < moment and sim.copies[arrival.row] == 1 and not _trouble(sim, moment - timedelta(hours=1), arrival.at)
    due = any(rung.day == day for rung in sim.ladder(code)) and arrival.at - moment < timedelta(minutes=30)
    if quiet and due and sim.doubts[arrival.row] == 0 and sim.attempts[arrival.row] == 1:
        sim.late.append((arrival.at - moment).total_seconds())


def _trouble(sim: Simulation, since: datetime, until: datetime) -> bool:
    """Whether the bot was down, the line broken or silence asked for, in a span of time."""
    spans = [*sim.outages, *((begin, end) for _, begin, end in sim.silent)]
    return any(begin < until and end > since for begin, end in spans) or any(since < crash < until for crash in sim.crashes)


def forged_tap(sim: Simulation, chat: ChatRef) -> None:
    """A key means nothing in another chat: the answer must be the one for unknown buttons."""

    def read(store: Store) -> str:
        query = select(MessageRow).where(MessageRow.chat_id == chat.chat_id).order_by(MessageRow.id.desc()).limit(1)  # type: ignore[union-attr]
        row = store.session.scalars(query).first()
        return row.body if row else ""

    if general.old_button() not in sim.turn(read):
        sim.wrong("I5 a button of another chat was taken for one of this chat")


def a_day_ends(sim: Simulation, day: date) -> None:
    """I1 on a quiet day: whoever still owes a report has been told what the calendar says, or it is on Nội vụ's list."""
    since = town.local(day, 8, 0)
    if not sim.up or sim.born > since or _trouble(sim, since, sim.now):
        return
    for code in sim.rounds:
        passed = [rung for rung in sim.ladder(code) if rung.moment <= sim.now - timedelta(hours=2)]
        if not passed:
            continue
        rung = passed[-1]
        if rung.stale_from is not None and rung.stale_from <= sim.now:
            continue
        if any(moved > since for moved in sim.moved[code]):
            continue
        # A moved date makes rungs of the past fall due when it is moved.
        due = max([rung.moment, *(moved for moved in sim.moved[code] if moved < since)])
        for unit, officer in sim.focal.items():
            if (unit, code) in sim.answered or unit in sim.snoozed or officer.units[unit] > since:
                continue
            if any(begin < sim.now and (end or sim.now) > since for begin, end in officer.unreachable):
                continue
            known = [at for at in sim.told[unit, code] if at >= due]
            if not known and not _on_the_list(sim, unit, code, rung.key):
                sim.wrong(f"I1 unit {unit} was never told {rung.key} of {code}, due {due:%d/%m %H:%M}")


def _on_the_list(sim: Simulation, unit: int, code: str, rung: str) -> bool:
    """Whether a rung that reached nobody stands where somebody can see it."""

    def read(store: Store) -> bool:
        round_ = sim.rounds[code]
        query = select(ReminderRow).where(
            ReminderRow.round_id == round_.id,
            ReminderRow.unit_id == sim.unit_ids[unit],
            ReminderRow.due_on == round_.last_day,
            ReminderRow.rung == rung,
        )
        row = store.session.scalars(query).first()
        if row is None:
            return False
        if row.state in ("nobody", "snoozed", "absent"):
            return True
        message = store.session.get(MessageRow, row.message_id) if row.message_id else None
        return message is not None and message.state in ("held", "unreachable", "dead", "uncertain")

    return sim.turn(read)


def at_the_end(sim: Simulation) -> list[str]:
    """After healing: everything has ended, visibly; nothing is lost or doubled; what was said to be sent was seen."""
    return sim.turn(lambda store: _ended(sim, store))


def _ended(sim: Simulation, store: Store) -> list[str]:
    found: list[str] = []
    rows = list(store.session.scalars(select(MessageRow)))
    open_ = Counter(row.state for row in rows if row.state in ("pending", "sending", "uncertain"))
    if open_:
        found.append(f"I1 not at rest after healing: {dict(open_)}")
    ids = sim.line.ids
    for row in rows:
        if row.state == "sent" and row.platform_message_id not in ids[f"{row.platform}:{row.chat_id}"]:
            found.append(f"I10 message {row.id} is called sent; nobody ever saw it")
            break
    waiting = Counter(state for (state,) in store.session.execute(select(InboxRow.state)) if state == "new")
    if waiting:
        found.append(f"I4 {waiting['new']} updates wait for ever")
    for key, raw in sim.line.handed.items():
        malformed = raw.get("message", {}).get("date") == "yesterday"
        wanted = (0, 1) if malformed else (1, 0)
        if key in sim.lost_on_zalo and sim.handled[key] == 0:
            continue
        if (sim.handled[key], sim.set_aside[key]) != wanted:
            found.append(f"I4 an update was handled {sim.handled[key]} times and set aside {sim.set_aside[key]} times")
            break
    # The same figure with its reason is another answer.
    kept = Counter(store.session.execute(select(AnswerRow.raw, AnswerRow.explanation)))
    raws = {raw for raw, _ in kept}
    doubled = [raw for (raw, _), many in kept.items() if many > 1 and raw.isdecimal()]
    if doubled:
        found.append(f"I4 {len(doubled)} answers kept twice")
    gone = sim.acknowledged - raws
    if gone:
        found.append(f"I4 {len(gone)} answers were acknowledged and are not there")
    requests: dict[int, list[str]] = defaultdict(list)
    for request in sim.line.requests:
        requests[request.row].append(request.fate)
    for row_id, fates in requests.items():
        if fates.count("wrong") > 1 + sim.doubts[row_id]:
            found.append(f"message {row_id} was refused as wrong and sent again")
            break
    for row_id, fates in requests.items():
        if fates.count("blocked") > 1 + sim.doubts[row_id]:
            found.append(f"message {row_id} was sent again to somebody who blocks us")
            break
    gaps = [row.id for row in rows if row.kind == "push" and row.state == "dead" and _certainly_unsent(requests[row.id or 0])]
    if gaps:
        found.append(f"I1 {len(gaps)} reminders given up although the line only was down")
    return found


def _certainly_unsent(fates: list[str]) -> bool:
    return bool(fates) and set(fates) <= {"refused", "429"}
