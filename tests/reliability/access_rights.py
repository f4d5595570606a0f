"""Who is entitled to what: declared here, independently of the handlers, for every command, button and dialogue."""

from __future__ import annotations

import json

# Who may use a route, and about whose unit (member: of any unit, and it is about theirs; holder:
# who holds the unit's focal seat; self:
# about the person of that unit who is asked). A level says nothing about routes
# that are not listed under it.
ANYBODY, KNOWN, SEATED, MEMBER, HOLDER, SELF, ANSWERS, UNIT, READS, ALL, COORDINATES = (
    "anybody",
    "known",
    "seated",
    "member",
    "holder",
    "self",
    "answers",
    "unit",
    "reads",
    "all",
    "coordinates",
)

COMMANDS = {
    ANYBODY: "start huy",
    KNOWN: "kenh toi help trogiup",
    SEATED: "doi baocao sua tiendo dagui desau vuongmac kehoach summary tonghop lich vangmat",
    COORDINATES: (
        "nguoi duyet moi hanmuc ganhnang chot nhac thongbao leothang dondoc xuat donvi yeucau nghile cauhoi mocnhac giolam"
    ),
}

ACTIONS = {
    ANYBODY: "register-skip register-yes register-name register-phone",
    KNOWN: (
        "seat-keep channel-add channel-prefer me-name me-phone difficulty-stop correcting-stop broadcast-stop absence-stop "
        "difficulty-advice-stop guard-fix guard-anyway me-export me-erase me-erase-yes me-erase-no me-erase-withdraw"
    ),
    SEATED: ("plan plan-general plan-find plan-point ahead-own ask"),
    MEMBER: "difficulty-raise",
    HOLDER: "handover-invite",
    SELF: "absence-change absence-end absence-day absence-stand-in absence-confirm",
    ANSWERS: (
        "report-begin answer answer-change answer-keep answer-as-is answer-again answer-skip answer-back answer-later "
        "answer-sure report-review report-edit report-resume report-send report-send-anyway report-check-sure paper "
        "paper-skip paper-day paper-not later later-set promise promise-set excerpt-read"
    ),
    UNIT: (
        "difficulty difficulty-point difficulty-no-point difficulty-mine difficulty-own difficulty-understood "
        "difficulty-more difficulty-no-words difficulty-advise excerpt-whole plan-unit broadcast-read broadcast-reply"
    ),
    READS: "summary-unit summary-history",
    ALL: (
        "summary summary-now summary-open summary-rounds summary-figures summary-total summary-units compare ahead ahead-units"
    ),
    COORDINATES: (
        "seat-list seat-unit seat-waiting seat-request seat-confirm seat-confirm-surely seat-refuse seat-end seat-end-who "
        "seat-end-yes invite-page invite-unit invite-make difficulty-desk difficulty-list difficulty-show difficulty-answer "
        "difficulty-send difficulty-close difficulty-close-sure difficulty-desk-stop burden return return-pick return-page "
        "return-all return-on return-send accept accept-sure extend extend-day extend-send behalf behalf-number behalf-day "
        "round round-close round-close-sure round-open-sure nudge nudge-group nudge-one nudge-pick nudge-toggle nudge-on "
        "nudge-send broadcast-to broadcast-cancel broadcast-results escalate escalate-show escalate-send ledger ledger-unit "
        "absence-of export export-of export-rounds export-surely export-no unit-list unit-card unit-add unit-rename "
        "unit-group unit-questions unit-today unit-close unit-merge unit-no-heir unit-reopen unit-apply unit-drop erasure "
        "erasure-approve erasure-approve-surely erasure-refuse difficulty-assign difficulty-assign-to difficulty-forward "
        "difficulty-departments difficulty-forward-to difficulty-no-note difficulty-merge difficulty-others "
        "difficulty-merge-into difficulty-route difficulty-route-stop "
        "days days-add days-which days-remove days-apply days-drop "
        "questions questions-set question question-reword question-as-written question-out question-back question-move "
        "question-apply questions-drop ladder ladder-add ladder-which ladder-remove ladder-planned ladder-apply ladder-drop "
        "hours hours-office hours-one hours-configured hours-apply hours-drop"
    ),
}

DIALOGS = {
    ANYBODY: "register",
    KNOWN: "me",
    SEATED: (
        "report report-review report-check paper-number paper-day later promise difficulty difficulty-point difficulty-more "
        "difficulty-advice broadcast-reply absence-from absence-until"
    ),
    COORDINATES: (
        "seat-unit invite-unit difficulty-answer return return-reason extend-day extend-reason behalf-number behalf-day nudge "
        "broadcast absence-unit unit-pick unit-name unit-choice unit-since unit-merged unit-heirs unit-last unit-sure "
        "difficulty-department difficulty-note difficulty-other difficulty-route days-day days-note days-sure question-words "
        "question-number question-sure ladder-rung ladder-sure hours-span hours-which hours-sure"
    ),
}

_INNER = json.dumps({"name": "me", "data": {"step": "name"}, "prompt": None})

# Buttons that mean something only in the middle of their dialogue: which one, and what stands in it.
IN_DIALOG: dict[str, tuple[str, dict[str, str]]] = {
    "register-skip": ("register", {"step": "phone"}),
    "register-yes": ("register", {"step": "check"}),
    "register-name": ("register", {"step": "check"}),
    "register-phone": ("register", {"step": "check"}),
    "absence-day": ("absence-from", {}),
    "absence-stand-in": ("absence-sure", {}),
    "absence-confirm": ("absence-sure", {}),
    "guard-fix": ("guard", {"inner": _INNER, "text": "Lê Văn Sửa 079085001234"}),
    "guard-anyway": ("guard", {"inner": _INNER, "text": "Lê Văn Sửa"}),
}

# What an invite gives whoever has it: to be known, with an address, and to ask for its seat.
GIVEN = {"register-yes": {"person", "address", "seat", "invite"}}


def declared(levels: dict[str, str]) -> dict[str, str]:
    """Name → level."""
    found: dict[str, str] = {}
    for level, names in levels.items():
        for name in names.split():
            assert name not in found, f"{name} is declared twice"
            found[name] = level
    return found
