"""The file with the tokens: who may write it may speak for the office."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import desk

REPO = Path(__file__).parents[2]


@pytest.mark.skipif(os.name != "posix", reason="no such bits")
@pytest.mark.parametrize(("mode", "refused"), [(0o600, False), (0o644, False), (0o620, True), (0o602, True), (0o666, True)])
def test_a_file_others_can_write_is_refused(tmp_path: Path, mode: int, refused: bool) -> None:
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_BOT_TOKEN=1:x\n")
    file.chmod(mode)
    if refused:
        with pytest.raises(desk.UnsafeSecrets):
            desk.refuse_writable_secrets(file)
    else:
        desk.refuse_writable_secrets(file)


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    desk.refuse_writable_secrets(tmp_path / ".env")


@pytest.mark.skipif(os.name != "posix", reason="no such bits")
def test_the_bot_does_not_start_and_says_why_without_the_token(tmp_path: Path) -> None:
    token = "123456789:AAEsecretsecretsecretsecretsecret00"
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={token}\nTELEGRAM_API_URL=http://127.0.0.1:9\n")
    (tmp_path / ".env").chmod(0o660)
    environment = {name: value for name, value in os.environ.items() if "TOKEN" not in name} | {"PYTHONPATH": str(REPO)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "chmod 600" in done.stderr + done.stdout
    assert token not in done.stderr + done.stdout
    assert not (tmp_path / "data" / "nhacviec.db").exists()
