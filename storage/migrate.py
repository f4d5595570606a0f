"""Bringing a database to the newest schema, in one transaction, with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage import audit


class NewerSchema(Exception):
    """The database was written by a newer version of the program; this one must not touch it."""


def config() -> Config:
    """Alembic's settings, without a file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    return settings


def upgrade(engine: Engine) -> bool:
    """Apply what is missing; whether anything was. Dies whole: either all of it is applied or nothing.

    Raises NewerSchema.
    """
    settings = config()
    scripts = ScriptDirectory.from_config(settings)
    with engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
            raise NewerSchema(current)
        if current == scripts.get_current_head():
            return False
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        audit.guard(connection)
        return True
