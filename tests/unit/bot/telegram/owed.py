"""What may be owed on Telegram, each key with all its values."""

from typing import Final

from handlers.domain.outgoing import Key, Kind, Values

PROMISE: Final[Values] = {
    "reference": "NVO-7",
    "topic": "Savanorystė",
    "due_on": "2026-11-25",
    "closed": "1",
    "page": "",
}
ANSWER: Final[Values] = {
    "reference": "NVO-7",
    "answer": "Taip.",
    "sources": "NVO plėtros įstatymas (2013)",
    "checked_on": "2026-11-01",
    "page": "",
}
CARD: Final[Values] = {
    "reference": "NVO-7",
    "queue": "Savanorystė",
    "name": "Ona",
    "channel": "telegram",
    "municipality": "Kauno m.",
    "subject": "Ar galima?",
    "text": "Ar galima?",
    "status": "new",
    "candidates": "a: Klausimas? (40 %)\nb: Kitas? (30 %)",
    "what": "reply",
}
LETTER: Final[Values] = {
    **CARD,
    "candidates": "",
    "why": "Panašaus įrašo atsakymų bazėje nėra.",
    **{f"part{n}": "Ar galima?" for n in range(1, 6)},
    **{f"part{n}_state": "waits" for n in range(1, 6)},
    **{f"part{n}_candidates": "a: Klausimas? (40 %)" for n in range(1, 6)},
}
TALK: Final[Values] = {
    "reference": "NVO-7",
    "kind": "call",
    "talk": "5",
    "held_on": "2026-11-23",
    "name": "Ona",
    "advice": "Patarta kreiptis.",
    "place1": "Kauno m. sav.",
    "place1_id": "12",
}
REFERRAL: Final[Values] = {
    "reference": "NVO-7",
    "body": "Registrų centras",
    "contact": "info@rc.lt",
    "passed": "Ar galima?",
    "text": "Ar galima?",
    "author": "Jonas",
    "follow_up_on": "2026-11-30",
}
MENTORING: Final[Values] = {
    "organisation": "Bendruomenė",
    "programme": "Aktyvūs miestai",
    "project": "Projektas",
    "check": "Ataskaita",
    "phase": "preparing",
    "late": "no",
    "by": "Rasa",
    "mentor": "Jonas",
    "every": 30,
    **dict.fromkeys(("starts_on", "heard_on", "due_on"), "2026-11-23"),
}
ACCOMPANIED: Final[Values] = {
    "organisation0": "Bendruomenė",
    "organisation0_phase": "preparing",
    "organisation0_silent": "",
    "organisation0_heard_on": "2026-11-23",
    "now": 1,
    "pages": 1,
}
SHOWN: Final[Values] = {"reference": "NVO-7", "question": "Ar galima?", "answer": "Taip."}
OPTIONS: Final[Values] = {"option1": "Pirmas?", "option2": "Antras?", "option3": "Trečias?"}
IN_PART: Final[Values] = {
    **PROMISE,
    "question1": "Ar galima?",
    "answer1": "Taip.",
    "sources1": "NVO plėtros įstatymas (2013)",
    "checked1_on": "2026-11-01",
    "waiting": "– Kodėl?",
    "count": 1,
    "topic1": "savanoryste",
    "topic2": "finansai",
}
ORIGINAL: Final[Values] = {
    **PROMISE,
    "original1_question": "Ar galima?",
    "original1": "Taip.",
}
DRAFT: Final[Values] = {
    "reference": "NVO-7",
    "draft": "Bus rytoj.",
    "draft_id": "5",
    "draft_by": "Rasa",
}
ROW: Final[Values] = {
    "row0_reference": "NVO-7",
    "row0_queue": "Savanorystė",
    "row0_municipality": "Kauno m. sav.",
    "row0_minutes": 190,
    "row0_late": "1",
    "row0_url": "https://t.me/c/1/7",
    "now": 1,
    "pages": 1,
    "many": "",
}
PLACES: Final[Values] = {
    "place1": "Kauno m. sav.",
    "place1_id": "21",
    "place2": "Kauno r. sav.",
    "place2_id": "22",
}
CALL: Final[Values] = {
    "reference": "NVO-7",
    "wish": "5",
    "call_phone": "+37061234567",
    "call_on": "2026-11-24",
    "call_hours": "09:00–12:00",
    "slot1": "soon",
    "slot1_on": "2026-11-23",
    "slot1_hours": "12:00–18:00",
    "slot2": "20261124a",
    "slot2_on": "2026-11-24",
    "slot2_hours": "09:00–12:00",
}
DUE: Final[Values] = {
    "aim": "reply",
    "late": "no",
    "due_on": "2026-12-03",
    "due_at": "10:00",
    "hours": 15,
    "minutes": 30,
    "owner": "Rasa",
}
REMINDER: Final[Values] = {
    "reference": "NVO-7",
    "title": "Kvietimas",
    "municipality": "Zarasų rajono savivaldybė",
    "closes_on": "2026-12-03",
    "sources": "Skelbimas",
    "checked_on": "2026-12-01",
}
TRAINING: Final[Values] = {
    "reference": "NVO-7",
    "code": "m1",
    "title": "NVO tarybų mokymai",
    "days": 2,
    "first_on": "2026-12-03",
    "second_on": "2026-12-04",
    "hours": "09:00–16:00",
    "place": "Savivaldybės salė",
    "municipality": "Zarasų r. sav.",
}
OFFERED: Final[Values] = {**TRAINING, "free": 3, "seat": "taken"}
TRAININGS: Final = tuple(
    key for key in Key if key.startswith("training-") and key is not Key.TRAINING_WAITING
)
OWED: Final[tuple[tuple[Kind, Key, Values], ...]] = (
    (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT, {**PROMISE, "other1": "6"}),
    (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT, {**PROMISE, **PLACES}),
    (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_RESTRICTED, PROMISE),
    (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_SENSITIVE, PROMISE),
    (Kind.ANSWER, Key.ANSWER, ANSWER),
    (Kind.ANSWER, Key.ANSWER_IN_PART, {**IN_PART, **OPTIONS}),
    (Kind.ACKNOWLEDGEMENT, Key.UNTRANSLATED, ORIGINAL),
    (Kind.SUGGESTIONS, Key.SUGGESTIONS, {**PROMISE, **OPTIONS}),
    (Kind.NOTICE, Key.HANDED_OVER, PROMISE),
    (Kind.NOTICE, Key.THANKED, {"reference": "NVO-7"}),
    (Kind.REPLY, Key.REPLY, {"reference": "NVO-7", "author": "Jonas", "text": "Taip."}),
    (Kind.NOTICE, Key.CALL_REMINDER_SET, {"reference": "NVO-7", "calls": "– „A“, 2026-12-03"}),
    (Kind.NOTICE, Key.CALL_REMINDER_ENDED, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.CALL_REMINDER, REMINDER),
    *((Kind.NOTICE, key, TRAINING) for key in TRAININGS),
    (Kind.NOTICE, Key.TRAINING_WAITING, {**TRAINING, "number": "2"}),
    (Kind.NOTICE, Key.MEMBER_TRAININGS, {f"training1_{n}": v for n, v in OFFERED.items()}),
    (Kind.NOTICE, Key.MEMBER_NO_TRAININGS, {}),
    (Kind.NOTICE, Key.SAY_MORE, {}),
    (Kind.NOTICE, Key.START, {}),
    (Kind.NOTICE, Key.HELP, {}),
    (Kind.NOTICE, Key.PRIVACY, {}),
    (Kind.NOTICE, Key.LINKED, {"name": "Jonas"}),
    (Kind.NOTICE, Key.LINK_REFUSED, {}),
    (Kind.STAFF_TOPIC, Key.STAFF_TOPIC, CARD),
    (Kind.STAFF_CARD, Key.STAFF_NEW, CARD),
    (Kind.STAFF_CARD, Key.STAFF_NEW, LETTER),
    (Kind.STAFF_MESSAGE, Key.STAFF_FOLLOW_UP, CARD),
    (Kind.STAFF_CARD, Key.STAFF_HANDED_OVER, CARD),
    (Kind.STAFF_MESSAGE, Key.STAFF_UNDELIVERED, CARD),
    (Kind.NOTICE, Key.CLOSING_SOON, {"reference": "NVO-7", "closes_on": "2026-12-03"}),
    (Kind.NOTICE, Key.MERGED, {"reference": "NVO-7", "into": "NVO-5"}),
    (Kind.NOTICE, Key.UNMERGED, {"reference": "NVO-7", "into": "NVO-5"}),
    (Kind.NOTICE, Key.SPLIT_OFF, {"reference": "NVO-7"}),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_WATCHED,
        {
            "reference": "NVO-7",
            "what": "note",
            "author": "Jonas",
            "text": "Taip.",
        },
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_SORTED,
        {"reference": "NVO-7", "done": "merge", "other": "NVO-5"},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_STALE,
        {
            "reference": "NVO-7",
            "state": "waiting",
            "article": 3,
            "change1": "replied",
            "change1_at": "14:05",
            "change1_by": "Jonas",
            "draft": "4",
        },
    ),
    (Kind.STAFF_MESSAGE, Key.STAFF_DUE, {**CARD, **DUE}),
    (Kind.STAFF_MESSAGE, Key.STAFF_LATE, {**DUE, "reference": "NVO-7", "queue": "Finansai"}),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_REVIEW_DUE,
        {**CARD, "title": "Nuostatai", "due_on": "2026-12-03", "late": "no"},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_RELEASED,
        {"reference": "NVO-7", "silent": "no", "from": "Ona", "to": "Jonas"},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_DELIVERABLE_DUE,
        {"kind": "analysis", "municipality": "Zarasų r. sav.", "period": "2026–2028"}
        | {"due_on": "2026-12-03", "owner": "Rasa", "late": "yes"},
    ),
    (
        Kind.NOTICE,
        Key.SELECTION_DECIDED,
        {"reference": "NVO-7", "programme": "Priemonė", "choice": "waiting", "number": "2"}
        | {"applicant": "Zarasų r. sav.", "reason": "Vietų nebėra"},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_SENDING,
        {"reference": "NVO-7", "state": "waiting", "seconds": 30, "article": 3},
    ),
    (Kind.STAFF_MESSAGE, Key.STAFF_RESTRICTED, {"reference": "NVO-7"}),
    (Kind.STAFF_MESSAGE, Key.STAFF_DRAFT, {**DRAFT, "settled": ""}),
    (Kind.STAFF_MESSAGE, Key.STAFF_DRAFT_ASKED, {"reference": "NVO-7", "draft": "Bus rytoj."}),
    (Kind.STAFF_MESSAGE, Key.STAFF_QUEUE, {"total": 1, **ROW}),
    (Kind.STAFF_MESSAGE, Key.STAFF_MINE, {"total": 1, "name": "Jonas", **ROW}),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_WEEK,
        {"asked": 21, "automatic": 8, "answered": 11, "waiting": 2, "median": 75},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_DIGEST,
        {"waiting": 3, "overdue": 2, "undelivered": 1, "mail": "1", "missing": 0, "work": "1"},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_TEMPLATES,
        {"total": 1, "template0": "taryba", "template0_text": "Laba diena", "now": 1, "pages": 1},
    ),
    (Kind.STAFF_MESSAGE, Key.STAFF_PRIVATELY, {"on": "yes"}),
    (Kind.STAFF_MESSAGE, Key.STAFF_CLOSED, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.STAFF_GOODBYE, {}),
    (Kind.STAFF_EDIT, Key.STAFF_REMOVAL, {"topic": "7"}),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_LEFT_BEHIND,
        {"reference": "NVO-7", "link": "https://t.me/c/1/2"},
    ),
    (Kind.STAFF_MESSAGE, Key.STAFF_COPY, {"reference": "NVO-7", "left": "55:7"}),
    (
        Kind.NOTICE,
        Key.MEMBER_TICKETS,
        {"ticket1": "NVO-7", "status1": "new", "subject1": "Ar galima?"},
    ),
    (Kind.NOTICE, Key.MEMBER_NO_TICKETS, {}),
    (Kind.NOTICE, Key.MEMBER_TICKET, {**SHOWN, "status": "waiting"}),
    (Kind.NOTICE, Key.MEMBER_LANGUAGE, {}),
    (Kind.NOTICE, Key.MEMBER_LANGUAGE_SET, {}),
    (Kind.NOTICE, Key.MEMBER_EXPORTED, {}),
    (Kind.NOTICE, Key.MEMBER_NO_DATA, {}),
    (Kind.NOTICE, Key.MEMBER_ERASE, {"open": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_ERASE_SURELY, {"open": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_ERASED, {}),
    (Kind.NOTICE, Key.MEMBER_RATING, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_RATED, {}),
    (Kind.NOTICE, Key.MEMBER_LINK_HOW, {}),
    (Kind.NOTICE, Key.MEMBER_LINK_SENT, {"address": "o***@example.org"}),
    (Kind.NOTICE, Key.MEMBER_LINK_OFTEN, {}),
    (Kind.NOTICE, Key.MEMBER_LINK_LATER, {}),
    (Kind.NOTICE, Key.MEMBER_LINK_WRONG, {}),
    (Kind.NOTICE, Key.MEMBER_LINK_NONE, {}),
    (Kind.NOTICE, Key.MEMBER_LINKED, {"address": "o***@example.org"}),
    (Kind.NOTICE, Key.MEMBER_PARTED, {}),
    (Kind.STAFF_MESSAGE, Key.STAFF_MOVED, {**CARD, "instead": "mail"}),
    (Kind.NOTICE, Key.MEMBER_UNSUPPORTED, {}),
    (Kind.NOTICE, Key.MEMBER_CANCELLED, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_PLACES, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_WHICH_PLACE, {"reference": "NVO-7", **PLACES}),
    (
        Kind.NOTICE,
        Key.MEMBER_PLACE_SET,
        {"reference": "NVO-7", "municipality": "Kauno m. sav."},
    ),
    (Kind.NOTICE, Key.MEMBER_CALL_NUMBER, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_CALL_NUMBER_WRONG, {}),
    (Kind.NOTICE, Key.MEMBER_CALL_NOTED, CALL),
    (Kind.NOTICE, Key.CALL_MISSED, {"reference": "NVO-7", "call_phone": "+37061234567"}),
    (Kind.STAFF_MESSAGE, Key.STAFF_CALL_DUE, {**CARD, **CALL}),
    (Kind.STAFF_MESSAGE, Key.STAFF_TALK, TALK),
    (Kind.STAFF_MESSAGE, Key.STAFF_TALK, {**TALK, "hidden": "yes"}),
    (Kind.REPLY, Key.TALK_SUMMARY, {**TALK, "text": "Kalbėjome.", "author": "Jonas"}),
    (Kind.NOTICE, Key.REFERRAL_CONSENT, REFERRAL),
    (Kind.NOTICE, Key.REFERRAL_SENT, REFERRAL),
    (Kind.NOTICE, Key.REFERRED, REFERRAL),
    (Kind.STAFF_MESSAGE, Key.STAFF_REFERRAL_DUE, {**CARD, **REFERRAL}),
    (Kind.STAFF_MESSAGE, Key.STAFF_MENTOR_ASSIGNED, MENTORING),
    (Kind.STAFF_MESSAGE, Key.STAFF_MENTOR_ASKED, MENTORING),
    (Kind.STAFF_MESSAGE, Key.STAFF_SILENT, MENTORING),
    (Kind.STAFF_MESSAGE, Key.STAFF_CHECK_DUE, MENTORING),
    (Kind.STAFF_MESSAGE, Key.STAFF_ORGANISATIONS, {"total": 1, **ACCOMPANIED}),
    (Kind.NOTICE, Key.MEMBER_CALL_CANCELLED, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.STAFF_NO_TOPICS, {}),
    (Kind.STAFF_MESSAGE, Key.STAFF_ALERT, {"trouble": "mailbox", "box": "INBOX"}),
    (Kind.STAFF_MESSAGE, Key.STAFF_ALL_CLEAR, {"trouble": "mailbox", "box": "INBOX"}),
    (Kind.STAFF_MESSAGE, Key.REFUSED, {"refusal": "taken-by-other", "name": "Rasa"}),
    (Kind.STAFF_MESSAGE, Key.REFUSED, {"refusal": "something-new"}),
)
FOR_CONSULTANTS: Final = frozenset({"linked", "link-refused", "staff-no-topics", "staff-goodbye"})
ONLY_BY_MAIL: Final = frozenset(
    {"visit-invited", "visit-changed", "visit-cancelled"}
    | {"staff-unattended", "staff-done", "staff-sign-in", "welcome"}
    | {"staff-preview", "staff-chat-trouble", "link-code", "link-made"}
)
