"""A request as the bot made it: query string, JSON, form or multipart, read into one shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.records import Json

UPLOAD_LIMIT = 52 * 1024 * 1024  # one 50 MB document and its form


class ApiError(Exception):
    """The request is refused: code, description and, on Telegram, parameters (retry_after, migrate_to_chat_id)."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> Json:
        """The envelope both platforms share."""
        extra = {"parameters": dict(self.parameters)} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **extra}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One file part of a multipart request."""

    name: str
    content: bytes
    mime: str


@dataclass(kw_only=True)
class Asked:
    """A request as it came: parameters are strings (query, form) or native JSON.

    Attributes:
        base_url: of the sandbox as the client reached it, without a slash at the end.
        malformed: update bodies a planned fault slips into getUpdates.
        repeat: a planned fault has getUpdates hand out its last answer once more.
    """

    token: str
    method: str
    params: Json
    files: dict[str, Upload]
    base_url: str
    malformed: Json | None = None
    repeat: bool = False

    def text(self, name: str, default: str = "") -> str:
        """As text; numbers and booleans as JSON writes them."""
        value = self.params.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """As a whole number; what is none counts as the default, as on the real servers."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        """Whether it is set to yes."""
        return self.text(name).strip().lower() in ("true", "1", "yes")

    def table(self, name: str, kind: str) -> Json:
        """As a JSON object, whichever way it came; empty when missing. Raises ApiError 400 naming `kind`."""
        value = self._json(name, kind)
        if value is not None and not isinstance(value, dict):
            raise ApiError(400, f"Bad Request: object expected as {kind}")
        return value or {}

    def tables(self, name: str, kind: str) -> list[Json] | None:
        """As an array of JSON objects likewise; None when missing. Raises ApiError 400 naming `kind`."""
        value = self._json(name, kind)
        if value is not None and not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            raise ApiError(400, f"Bad Request: can't parse {kind} JSON object")
        return value

    def words(self, name: str) -> list[str] | None:
        """As an array of strings; None when missing or no such thing."""
        value = self._json(name, name)
        return [str(item) for item in value] if isinstance(value, list) else None

    def _json(self, name: str, kind: str) -> Any:
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(400, f"Bad Request: can't parse {kind} JSON object") from None


async def read(request: Request) -> Asked:
    """Query string, JSON, form or multipart; body wins over query. Raises ApiError 400 or 413."""
    params: Json = dict(request.query_params)
    files: dict[str, Upload] = {}
    if int(request.headers.get("content-length") or 0) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        body = await request.body()
        try:
            given = json.loads(body) if body.strip() else {}
        except ValueError:
            raise ApiError(400, "Bad Request: can't parse JSON object") from None
        if not isinstance(given, dict):
            raise ApiError(400, "Bad Request: JSON object expected")
        params |= given
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form(max_part_size=UPLOAD_LIMIT) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime = value.content_type or "application/octet-stream"
                    files[name] = Upload(name=value.filename or name, content=await value.read(), mime=mime)
                else:
                    params[name] = value
    return Asked(
        token=request.path_params["token"],
        method=request.path_params["method"],
        params=params,
        files=files,
        base_url=str(request.base_url).rstrip("/"),
    )
