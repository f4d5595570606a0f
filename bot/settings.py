"""Everything that can be set from outside, read once from the environment and `.env`, checked at start."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain import hours
from bot.domain.hours import Hour
from bot.domain.office import Office
from bot.domain.quota import Allowance


class BadSetting(Exception):
    """A setting is wrong: its name, its value (never a secret one), what kind of mistake it is, and the limit it breaks."""

    def __init__(self, name: str, value: str, kind: str, limit: str = "") -> None:
        super().__init__(f"{name}: {kind}")
        self.name, self.value, self.kind, self.limit = name, value, kind, limit


class Settings(BaseSettings):
    """The settings, in the order .env.example documents them. Read with `read()`, which names a wrong one."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"

    zalo_bot_token: SecretStr = SecretStr("")
    zalo_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_monthly_messages: int = Field(default=3000, ge=0)
    zalo_users: int = Field(default=50, ge=0)

    public_url: str = ""
    zalo_webhook_secret: SecretStr = SecretStr("")
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8081, ge=0, le=65535)

    data_dir: Path = Path("data")
    database_url: str = ""
    sandbox_port: int = Field(default=8080, ge=0, le=65535)

    office_name: str = "UBND quận Gò Vấp"
    coordinator_name: str = "Phòng Nội vụ quận Gò Vấp"
    office_contact: str = ""
    office_opens: time = time(7, 30)
    office_closes: time = time(17, 0)
    remind_at: time = time(8, 30)
    excerpt_at: time = time(9, 30)
    digest_at: time = time(17, 0)
    time_zone: str = "Asia/Ho_Chi_Minh"

    retention_inbox_days: int = Field(default=400, ge=30)
    retention_outbox_days: int = Field(default=400, ge=30)
    retention_guesses_days: int = Field(default=30, ge=2)
    retention_dialogs_days: int = Field(default=30, ge=1)
    retention_people_days: int = Field(default=730, ge=0)

    heartbeat_url: SecretStr = SecretStr("")
    log_level: str = "INFO"

    @field_validator("telegram_api_url", "zalo_api_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("url")
        return value.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _is_public(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("https")
        return value.rstrip("/")

    @field_validator("zalo_webhook_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        """8 to 256 characters says Zalo; what a header can carry without question."""
        if (said := value.get_secret_value()) and not re.fullmatch(r"[A-Za-z0-9_-]{8,256}", said):
            raise ValueError("secret")
        return value

    @field_validator("heartbeat_url")
    @classmethod
    def _is_beat(cls, value: SecretStr) -> SecretStr:
        if (said := value.get_secret_value()) and not said.startswith(("http://", "https://")):
            raise ValueError("url")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("zone") from None
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("level")
        return value.upper()

    @model_validator(mode="after")
    def _hours(self) -> Settings:
        wrong = hours.unfit(self.office)
        if wrong is not None:
            raise ValueError("hours" if wrong is Hour.CLOSES else f"outside:{wrong.upper()}")
        return self

    @property
    def database(self) -> str:
        """The database's URL; by default an SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'nhacviec.db'}"

    @property
    def sandbox(self) -> bool:
        """Without any token the bot runs in its own sandbox."""
        return not self.telegram_bot_token.get_secret_value() and not self.zalo_bot_token.get_secret_value()

    @property
    def office(self) -> Office:
        """The office."""
        return Office(
            name=self.office_name,
            coordinator=self.coordinator_name,
            contact=self.office_contact,
            zone=ZoneInfo(self.time_zone),
            opens=self.office_opens,
            closes=self.office_closes,
            remind_at=self.remind_at,
            excerpt_at=self.excerpt_at,
            digest_at=self.digest_at,
            zalo=Allowance(messages=self.zalo_monthly_messages, people=self.zalo_users),
        )


SECRETS = {"telegram_bot_token", "zalo_bot_token", "zalo_webhook_secret", "heartbeat_url", "database_url"}


def read() -> Settings:
    """The settings of this process. Raises BadSetting for the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        kind = str(first["ctx"]["error"]) if first["type"] == "value_error" and "ctx" in first else first["type"]
        if kind.startswith("outside:"):
            name, kind = kind.removeprefix("outside:"), "outside"
        value = "" if name.lower() in SECRETS or not name or kind == "outside" else str(first["input"])
        limit = next((str(bound) for key, bound in first.get("ctx", {}).items() if key in ("ge", "le")), "")
        raise BadSetting(name.upper(), value, kind, limit) from None
