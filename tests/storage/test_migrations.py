"""The migrations build exactly what the tables say, both ways, and die whole."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from bot.channels import LIMITS
from storage import migrate, tables
from storage.database import PlainDatabase


def test_a_migrated_database_is_what_the_tables_say(database: PlainDatabase) -> None:
    assert tables.UnitRow.__tablename__ == "unit"
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_every_migration_can_be_taken_back_and_applied_again(database: PlainDatabase) -> None:
    settings = migrate.config()
    for script in ScriptDirectory.from_config(settings).walk_revisions():
        with database.engine.begin() as connection:
            settings.attributes["connection"] = connection
            command.downgrade(settings, str(script.down_revision or "base"))
    with database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert migrate.upgrade(database.engine)
    assert not migrate.upgrade(database.engine)


def test_a_database_of_a_newer_program_is_refused(database: PlainDatabase) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrate.NewerSchema):
        migrate.upgrade(database.engine)


def test_a_migration_that_dies_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = PlainDatabase(url, LIMITS)
    real = command.upgrade

    def dies(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        raise OSError("the power went")

    monkeypatch.setattr(command, "upgrade", dies)
    with pytest.raises(OSError, match="power"):
        migrate.upgrade(database.engine)
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()
