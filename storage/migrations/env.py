"""Alembic's entry: runs the migrations on the connection it is given."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString, SQLModel

from storage.tables import UtcDateTime


def render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Migrations name the database's own types, so that they stay true when our classes change."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, render_item=render, compare_type=False
)
with context.begin_transaction():
    context.run_migrations()
