"""A booking, its change and its cancellation, as a resident does them on the look-alike page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

pytestmark = pytest.mark.browser

REFERENCE = re.compile(r"[ぁ-ん]{2,}-\d{2,3}")


def cancel_everything(phone: Phone) -> None:
    """So that the next test finds this person without bookings."""
    phone.ask("予約の確認")
    while phone.last.get_by_role("button", name="取り消す", exact=True).count():
        phone.tap("取り消す")
        phone.tap("はい、取り消す")
        phone.ask("予約の確認")


def test_a_visit_is_booked_changed_taken_back_and_cancelled(phone: Phone) -> None:
    phone.ask("予約")
    taps = ("北沢　8月10日（月）から", "8月12日（水）", "午後1時45分", "わたし一人", "両方")
    for label in taps:
        phone.tap(label)
    expect(phone.last).to_contain_text("まだ予約はできていません")
    phone.tap("予約する")
    expect(phone.talk.get_by_text("予約できました").last).to_be_visible()
    expect(phone.talk.locator(".row.bot", has_text="家族に送れます").last).to_be_visible()
    reference = REFERENCE.findall(phone.said())[-1]

    phone.ask("予約を8月13日の午前に変えたい")
    expect(phone.last).to_contain_text("8月13日（木）午前9時")
    phone.tap("この日時に変える")
    expect(phone.talk.get_by_text("予約を変えました").last).to_be_visible()
    phone.tap("元にもどす")
    expect(phone.talk.get_by_text("元にもどしました").last).to_be_visible()
    expect(phone.talk.locator(".row.bot").nth(-2)).to_contain_text("8月12日（水）午後1時45分")

    phone.tap("取り消す")
    expect(phone.last).to_contain_text("この予約を取り消しますか")
    phone.tap("はい、取り消す")
    expect(phone.last).to_contain_text(reference)
    phone.ask("予約の確認")
    expect(phone.last).to_contain_text("予約は、いまはありません")


def test_a_day_is_chosen_in_the_calendar(phone: Phone) -> None:
    phone.ask("砧で予約したい")
    before = phone.bubbles.count()
    phone.talk.get_by_role("button", name="カレンダーで選ぶ").last.click()
    dialog = phone.dialog()
    expect(dialog).to_be_visible()
    dialog.locator("input[type=date]").fill("2026-08-27")
    dialog.get_by_role("button", name="決める").click()
    phone.answer_after(before)
    expect(phone.talk.get_by_text("8月27日（木）、砧総合支所です")).to_be_visible()
    phone.tap("やめる")


def test_a_daughter_books_for_her_mother_with_one_sentence(phone: Phone) -> None:
    phone.switch_to("むすめ")
    phone.ask("母の予約、砧で8月25日の午後いちばん")
    phone.tap("せたがやPay")
    phone.tap("予約する")
    expect(phone.talk.get_by_text("予約できました").last).to_be_visible()
    cancel_everything(phone)
