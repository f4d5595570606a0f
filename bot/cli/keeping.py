"""`backup`, `restore`, `audit verify|list`: keeping what was said, and being able to show it was not changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import desk, given, out
from bot.cli.family import Json, command, family
from bot.cli.grammar import Refusal
from bot.texts import keeping as texts
from bot.texts import wording

if TYPE_CHECKING:
    from bot.settings import Settings

CHANGED = 1


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    command(app, "backup", texts.BACKUP, texts.BACKUP_MORE)(backup)
    command(app, "restore", texts.RESTORE, texts.RESTORE_MORE)(restore)
    audit = family("audit", texts.AUDIT)
    command(audit, "verify", texts.AUDIT_VERIFY, texts.AUDIT_VERIFY_MORE)(verify)
    command(audit, "list", texts.AUDIT_LIST, texts.AUDIT_LIST_MORE)(listed)
    app.add_typer(audit)


def backup(json: Json = False) -> None:
    """Back up now, also while the bot runs."""
    with desk.opened() as here:
        from storage import backup as backups

        try:
            done = backups.backup(
                _file(here.settings, texts.BACKUP_ON_SERVER),
                here.settings.data_dir / backups.FOLDER,
                here.now,
                data=here.settings.data_dir,
            )
        except backups.Unsound as error:
            raise Refusal(texts.not_backed_up(error.fault)) from None
    if json:
        out.data({"file": done.file, "taken_at": done.taken_at, "rows": done.rows, "files": done.files, "faulty": done.faulty})
    else:
        out.say(texts.backed_up(str(done.file), done.rows, done.files))
    if done.faulty:
        out.warn(texts.faulty_files(done.faulty))


def restore(
    file: Annotated[Path, typer.Argument(metavar=texts.FILE, help=texts.RESTORE_FILE)],
    json: Json = False,
) -> None:
    """Put a backup in the database's place; refused while the bot runs."""
    settings = desk.read_settings()
    from bot.clock import Clock
    from storage import backup as backups

    try:
        database = _file(settings, texts.RESTORE_ON_SERVER)
        done = backups.restore(file, settings.data_dir, database=database, now=Clock().now())
    except backups.Unsound as error:
        raise Refusal(texts.unsound(str(file), error.fault)) from None
    if json:
        out.data({"taken_at": done.taken_at, "rows": done.rows, "replaced": done.replaced, "missing": done.missing})
    else:
        out.say(texts.restored(str(file), str(done.replaced or "")))
    if done.missing:
        out.warn(texts.missing_files(done.missing))


def verify(json: Json = False) -> None:
    """Check the audit log against itself and against the heads noted outside the database; exit code 1 when it was changed."""
    with desk.opened() as here:
        from storage import audit

        verdict = here.turn(lambda store: audit.verify(store.audit, here.settings.data_dir))
    if json:
        out.data({"links": verdict.head.number, "head": verdict.head.hash, "broken": verdict.broken, "fault": verdict.fault})
    elif verdict.broken is None:
        out.say(texts.audit_sound(verdict.head.number))
    else:
        out.warn(texts.audit_broken(verdict.broken, verdict.fault))
    if verdict.broken is not None:
        raise typer.Exit(CHANGED)


def listed(
    who: Annotated[str, typer.Option("--who", metavar=texts.WHO, help=texts.AUDIT_WHO)] = "",
    about: Annotated[str, typer.Option("--about", metavar=texts.ABOUT, help=texts.AUDIT_ABOUT)] = "",
    since: Annotated[str, typer.Option("--since", metavar=texts.DAY, help=texts.AUDIT_SINCE)] = "",
    json: Json = False,
) -> None:
    """Who did and read what; ids, nobody's words."""
    first = given.day(since) if since else None
    with desk.opened() as here:
        from_ = datetime.combine(first, time(), here.office.zone) if first else None
        links = here.turn(lambda store: store.audit.links(who=who, about=about, since=from_))
        local = here.office.local
    if json:
        out.data([asdict(link) for link in links])
        return
    rows = [
        (str(link.number), wording.said_at(local(link.at)), link.actor, link.action, link.subject, link.details)
        for link in links
    ]
    out.say(out.table(texts.AUDIT_HEADINGS, rows))


def _file(settings: Settings, instead: str) -> Path:
    """The database's file; `instead`: what to do where there is none."""
    from storage.database import file_of

    file = file_of(settings.database)
    if file is None:
        raise Refusal(instead)
    return file
