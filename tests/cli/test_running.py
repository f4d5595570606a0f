"""The real process: `python -m bot run` in its sandbox, on a free port, in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 60.0
END = 10.0


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    return kept | {"DATA_DIR": str(tmp_path / "data"), "SANDBOX_PORT": str(port), "PYTHONPATH": str(REPOSITORY)}


@contextmanager
def started(surroundings: dict[str, str], folder: Path, *args: str) -> Iterator[subprocess.Popen[str]]:
    """The running bot; ended whatever happens."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *args],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()  # the first line comes when the page answers
            assert "Sân thử đã sẵn sàng" in line, line
            assert f"http://127.0.0.1:{surroundings['SANDBOX_PORT']}" in line
            yield process
        finally:
            process.kill()


def state(surroundings: dict[str, str]) -> Any:
    url = f"http://127.0.0.1:{surroundings['SANDBOX_PORT']}/sandbox/state"
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        assert answer.status == 200
        return json.load(answer)


def ended(process: subprocess.Popen[str]) -> tuple[str, str, float]:
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    return out, err, time.monotonic() - began


def command(surroundings: dict[str, str], folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def test_the_bot_runs_alone_ends_in_good_order_and_keeps_its_data(surroundings: dict[str, str], tmp_path: Path) -> None:
    with started(surroundings, tmp_path) as first:  # without a command: as `run`
        assert state(surroundings)

        second = command(surroundings, tmp_path, "run")
        assert second.returncode == 2
        assert second.stdout == ""
        assert second.stderr.splitlines() == [
            f"Đã có một tiến trình Nhắc Việc đang chạy với thư mục {tmp_path / 'data'}. Chỉ chạy một tiến trình cho mỗi bot."
        ]

        elsewhere = command(surroundings | {"DATA_DIR": str(tmp_path / "other")}, tmp_path, "run")
        assert elsewhere.returncode == 2
        assert elsewhere.stderr.startswith(f"Cổng {surroundings['SANDBOX_PORT']} đang được chương trình khác dùng.")
        assert len(elsewhere.stderr.splitlines()) == 1

        # Commands work beside the running bot.
        noted = command(surroundings, tmp_path, "days", "off", "31/12/2026", "Kiểm kê cuối năm")
        assert noted.returncode == 0, noted.stderr
        invited = command(surroundings, tmp_path, "invite", "--unit", "p5", "--json")
        assert json.loads(invited.stdout)["link"].startswith("https://t.me/")
        assert "bot đang chạy" in command(surroundings, tmp_path, "doctor").stdout
        out, err, seconds = ended(first)
    assert first.returncode == 0, err
    assert seconds < END
    assert out.splitlines()[-1] == "Đã dừng. Dữ liệu được giữ nguyên."
    assert "Traceback" not in err

    with started(surroundings, tmp_path, "run") as again:
        assert state(surroundings)
        kept = command(surroundings, tmp_path, "days", "list", "--json")
        assert {"day": "2026-12-31", "weekday": 4, "works": False, "note": "Kiểm kê cuối năm"} in json.loads(kept.stdout)
        _, err, seconds = ended(again)
    assert again.returncode == 0, err
    assert seconds < END
