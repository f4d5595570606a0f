"""What is asked once more between [Gửi] and the report's leaving: something missing, nothing changed, something odd."""

from __future__ import annotations

from bot.chat.messages import Choice, Outgoing
from bot.domain.progress import Progress
from bot.texts import reporting as texts
from bot.views.reporting import Target


def send_incomplete(at: Target, progress: Progress) -> Outgoing:
    """Send with something missing, or go on answering."""
    return Outgoing(
        text=texts.send_incomplete(progress),
        choices=(
            (
                Choice(label=texts.SEND_ANYWAY, action=("report-send-anyway", *at), words=texts.SEND_ANYWAY_WORDS),
                Choice(label=texts.RESUME, action=("report-resume", *at)),
            ),
        ),
        marks="letters",
        hint=texts.hint_review(),
    )


def send_unchanged(at: Target) -> Outgoing:
    """A returned report in which nothing was changed: send it as it is, or change something."""
    return Outgoing(
        text=texts.send_unchanged(),
        choices=(
            (
                Choice(label=texts.SEND_ANYWAY, action=("report-send-anyway", *at), words=texts.SEND_ANYWAY_WORDS),
                Choice(label=texts.EDIT_WHICH, action=("report-edit", *at)),
            ),
        ),
        marks="letters",
        hint=texts.hint_review(),
    )


def odd_report(at: Target, text: str) -> Outgoing:
    """Something about the whole report: right, or to be looked at again; a reason may be typed."""
    return Outgoing(
        text=text,
        choices=(
            (
                Choice(label=texts.RIGHT_SEND, action=("report-check-sure", *at), words=texts.RIGHT_WORDS),
                Choice(label=texts.BACK_TO_REVIEW, action=("report-review", *at), words=texts.NOT_YET_WORDS),
            ),
        ),
        marks="letters",
        hint=texts.hint_typed(),
    )


def reason_kept(at: Target, reason: str, *, missing: bool) -> Outgoing:
    """The reason as it was understood; what is missing was named before, so nothing is asked about it again."""
    send = (
        Choice(label=texts.SEND_ANYWAY, action=("report-send-anyway", *at), words=texts.SEND_ANYWAY_WORDS)
        if missing
        else Choice(label=texts.SEND, action=("report-send", *at))
    )
    return Outgoing(
        text=texts.reason_kept(reason, send.label),
        choices=((send, Choice(label=texts.BACK_TO_REVIEW, action=("report-review", *at))),),
        marks="letters",
        hint=texts.hint_review(),
    )
