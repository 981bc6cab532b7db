"""The names of the desk's own sentences (prompts.yaml) and of what an entry may start."""

from __future__ import annotations

STARTS = (
    "booking",
    "booking_change",
    "booking_check",
    "phone",
    "bring_check",
    "say_again",
    "shorter",
    "slowly",
    "lang_ja",
    "lang_easy",
    "lang_en",
)

_NEEDED = """
welcome welcome_next miss miss_again choose choose_none choose_none_answer practice_mark
not_announced expired several busy
phone_open phone_closed phone_before phone_after phone_known phone_unknown phone_case phone_button phone_hours
lang_ja lang_easy lang_en lang_set nothing_to_repeat slow_next slow_end
picture sticker place_found place_found_of_some place_list place_button
guide_progress guide_stop guide_stopped guide_result guide_resume
booking_not_yet booking_over
slip slip_how slip_again slip_scam slip_pin4 slip_pin_sign
"""
NEEDED = frozenset(_NEEDED.split())

# Filled in by the desk; every fact name may be used beside these.
PLACEHOLDERS = frozenset({"case", "day", "number", "total", "name", "venue", "distance"})
