"""The names of the desk's own sentences (prompts.yaml) and of what an entry may start."""

from __future__ import annotations

from intents.catalogue.form import root_form
from intents.catalogue.nodes import Fault, Node
from intents.catalogue.reading import nearest
from intents.model import Words

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
not_announced expired several busy too_fast missed
phone_open phone_closed phone_before phone_after phone_known phone_unknown phone_case phone_button phone_hours
lang_ja lang_easy lang_en lang_set nothing_to_repeat slow_next slow_end
picture sticker place_found place_found_of_some place_list place_button
guide_progress guide_stop guide_stopped guide_result guide_resume
booking_over
booking_not_yet booking_from booking_group booking_limit booking_gone booking_begun book_venue
book_venue_button book_any_venue book_no_such_place book_day book_more_days book_calendar book_time
book_morning book_afternoon book_who book_chosen book_held_two book_noted book_apart book_nearest book_soonest book_take_time book_restarted book_resumed book_now book_besides book_what book_edit
book_other_people book_other_topics book_open_then book_only_there book_choose_one book_still_free waiting_none waiting_hours why_weekday why_full_days book_who_self book_who_family book_who_two book_many
book_topics topic_setagaya topic_tokyo topic_both topic_unsure book_held book_confirm
book_confirm_change book_do book_do_change book_other_time book_other_day book_other_venue book_stop
book_stopped book_stale book_not_understood book_instead book_nothing_free book_wait book_none_left book_same_time why_full
why_full_any why_full_two why_full_two_any why_too_soon why_too_soon_any why_no_such_time
why_no_such_time_any why_other_turn why_closed why_holiday why_before why_after why_past
why_ambiguous why_no_such_day why_no_table why_shut why_just_gone why_just_gone_two visit_place
visit_when visit_two visit_family visit_topics visit_reference receipt_booked receipt_changed
receipt_restored receipt_reopened receipt_standing receipt_cancelled receipt_minutes receipt_bring receipt_calendar calendar_title visit_closed visit_no_day visit_no_time
booking_do_change booking_do_cancel booking_undo forward_head forward_bring mine mine_none
cancel_ask cancel_do cancel_keep undo_full undo_closed undo_late found found_elsewhere found_not found_locked
waiting_ok waiting_full waiting_no waiting_mine waiting_leave waiting_left waiting_closed offer
offer_take offer_leave offer_gone offer_left closure closure_reason closure_next closure_choose
unfit_crowded unfit_ask unfit_may unfit_choose
reminder_day reminder_morning reminder_stop reminder_stopped
day_today day_tomorrow day_open day_hours day_free day_full day_over day_shut day_before day_next day_none_left day_unsure
dates_over closed_day closed_more closed_none
own_which own_all own_cancel_all_ask own_none own_kept own_change_stopped own_stopped own_yes_or_no
own_no_hurry own_not_yet own_one_of_two own_cancel_two own_keep_two own_not_theirs own_stop_which own_stop_new
own_cancel_old own_go_on own_undo_offer own_list own_help own_whom own_person own_book_another
own_remind own_reminders_on own_reminders_late own_done own_done_booked
slip slip_how slip_again slip_scam slip_pin4 slip_pin_sign
"""
NEEDED = frozenset(_NEEDED.split())

# Filled in by the desk; every fact name may be used beside these.
PLACEHOLDERS = frozenset({"case", "day", "number", "total", "name", "venue", "distance"})


def read_prompts(root: Node | None, faults: list[Fault]) -> dict[str, Words]:
    """The sentences in `root` by name; one that nothing says is a fault."""
    found: dict[str, Words] = {}
    form = root_form(root, "prompts", faults)
    if form is None:
        return found
    for name, node in form.node.fields.items():
        form.entry = name
        if name not in NEEDED:
            form.fault(f"「{name}」という文は使われません{nearest(name, NEEDED)}。", form.at(name))
        if (words := form.words_of(node, name)) is not None:
            found[name] = words
    return found
