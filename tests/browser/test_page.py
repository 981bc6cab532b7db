"""The desk, tried as a resident would: a real Chromium on the look-alike page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, expect

from tests.browser.phone import Phone

pytestmark = pytest.mark.browser

CODES = ("utf-8", "utf-16-le")
CASE_CODE = re.compile(r"[ぁ-ん]{2,}-\d{2,3}")


class TestConversation:
    def test_a_question_is_answered_with_buttons_that_lead_on(self, phone: Phone) -> None:
        phone.ask("持ち物は？")
        answer = phone.ask("持ち物")
        expect(answer).to_contain_text("マイナンバーカード")
        assert answer.get_by_role("button").count() >= 1
        expect(phone.talk.locator(".row.own .when").last).to_contain_text("既読")

    def test_a_tapped_button_shows_its_words_and_is_answered(self, phone: Phone) -> None:
        button = phone.last.get_by_role("button").first
        label = button.inner_text()
        before = phone.bubbles.count()
        button.click()
        phone.answer_after(before)
        expect(phone.talk.locator(".row.own .bubble").last).to_have_text(label)

    def test_quick_replies_go_with_the_next_message(self, phone: Phone) -> None:
        chips = phone.talk.locator(".quick button")
        labels = chips.all_inner_texts()
        chips.first.click()
        expect(phone.talk.locator(".row.own .bubble").last).to_have_text(labels[0])
        assert phone.talk.locator(".log .quick").count() == 0

    def test_the_language_can_be_switched_and_switched_back(self, phone: Phone) -> None:
        english = phone.tap("English")
        expect(phone.talk.get_by_text("I will answer in English.")).to_be_visible()
        assert english.locator("[lang=en]").count() >= 1
        phone.tap("日本語")
        expect(phone.talk.get_by_text("日本語でご案内します。").last).to_be_visible()

    def test_the_guided_check_ends_in_a_personal_list(self, phone: Phone) -> None:
        before = phone.bubbles.count()
        phone.page.get_by_role("button", name="持ち物チェック").click()
        expect(phone.answer_after(before)).to_contain_text("4問のうち、1問目")
        for answer in ("自分", "せたがやPay", "ある"):
            phone.tap(answer)
        expect(phone.last).to_contain_text("4問目")
        result = phone.tap("覚えている")
        expect(result).to_contain_text("あなたの一覧")
        expect(result).to_contain_text("・")

    def test_the_handoff_gives_the_sample_number_to_call_and_a_case_code(
        self, phone: Phone
    ) -> None:
        answer = phone.ask("電話")
        expect(answer).to_contain_text("見本")
        assert CASE_CODE.search(answer.inner_text())
        answer.get_by_role("button", name="電話をかける").click()
        expect(phone.dialog()).to_contain_text("03-0000-0000")
        phone.page.keyboard.press("Escape")
        expect(phone.dialog()).to_have_count(0)

    def test_a_typed_pin_is_warned_of_and_repeated_nowhere(self, phone: Phone) -> None:
        phone.ask("4649")
        expect(phone.talk).to_contain_text("受け取りませんでした")
        assert "4649" not in phone.said()
        answer = phone.page.request.get(f"{phone.demo.address}/demo/updates?after=0").json()
        sent = str([update["message"] for update in answer["updates"]])
        assert "受け取りませんでした" in sent and "4649" not in sent

    def test_a_typed_secret_is_in_no_file_of_the_demo(self, phone: Phone) -> None:
        phone.ask("署名用は kz7hq2wmx4tb です")
        expect(phone.talk).to_contain_text("受け取りませんでした")
        files = phone.demo.files()
        assert files, "the store writes somewhere"
        secrets = ("kz7hq2wmx4tb", "KZ7HQ2WMX4TB")
        for path in files:
            held = path.read_bytes()
            assert not any(secret.encode(code) in held for secret in secrets for code in CODES), (
                path
            )


class TestPlatform:
    def test_two_people_have_two_talks(self, phone: Phone) -> None:
        phone.tap("English")
        phone.switch_to("むすめ")
        expect(phone.last).to_be_visible()
        assert "English" not in phone.said() and "スマホ窓口" in phone.said()
        phone.switch_to("わたし")
        assert "I will answer in English." in phone.said()

    def test_an_answer_for_the_other_person_is_counted_on_her_tab(self, phone: Phone) -> None:
        phone.write("電話")
        phone.switch_to("むすめ")
        expect(phone.page.locator("#people .unread")).to_be_visible()

    def test_a_redelivered_message_is_answered_once(self, desktop: Phone) -> None:
        desktop.ask("電話")
        desktop.page.locator("#status").evaluate("node => { node.textContent = '' }")
        desktop.page.click("#redeliver")
        self.is_the_only_answer(desktop)

    def test_simultaneous_copies_are_answered_once(self, desktop: Phone) -> None:
        desktop.page.check("#copies")
        desktop.ask("電話")
        expect(desktop.page.locator("#status")).to_contain_text("HTTP 200・HTTP 200")
        self.is_the_only_answer(desktop)

    def is_the_only_answer(self, phone: Phone) -> None:
        """Messages are answered in order: a second answer would come before the next one."""
        expect(phone.page.locator("#status")).to_contain_text("HTTP 200")
        phone.page.uncheck("#copies")
        phone.ask("ありがとう")
        calls = phone.talk.get_by_role("button", name="電話をかける")
        assert calls.count() == 1

    def test_an_unsent_message_leaves_the_screen(self, phone: Phone) -> None:
        phone.ask("ありがとう")
        phone.talk.get_by_role("button", name="このメッセージの操作").click()
        phone.dialog().get_by_role("button", name="送信を取り消す").click()
        expect(phone.talk.locator(".row.own")).to_have_count(0)
        expect(phone.talk).to_contain_text("送信を取り消しました")

    @pytest.mark.parametrize("thing", ["写真", "動画", "声", "ファイル"])
    def test_a_picture_or_voice_is_answered_kindly(self, phone: Phone, thing: str) -> None:
        before = phone.bubbles.count()
        phone.page.click("#to-keyboard")
        phone.page.click("#attach")
        phone.dialog().get_by_role("button", name=re.compile(f"^{thing}")).click()
        expect(phone.answer_after(before)).to_contain_text("ここでは開きません")

    def test_a_place_can_be_sent(self, phone: Phone) -> None:
        before = phone.bubbles.count()
        phone.page.click("#to-keyboard")
        phone.page.click("#attach")
        phone.dialog().get_by_role("button", name="いまいる場所").click()
        phone.dialog().get_by_label("下北沢駅のあたり").check()
        phone.dialog().get_by_role("button", name="送る", exact=True).click()
        expect(phone.answer_after(before)).to_contain_text("支所")

    def test_the_picker_gives_what_line_would_send(self, phone: Phone) -> None:
        phone.page.evaluate(
            """async () => {
                const { perform } = await import("/demo/static/actions.js");
                const action = { type: "datetimepicker", label: "日時", data: "d", mode: "datetime",
                                 initial: "2026-08-03t10:00", max: "2026-10-30T16:00" };
                perform(action, { send: (body) => { window.sentBody = body; } });
            }"""
        )
        phone.dialog().get_by_role("button", name="決める").click()
        phone.page.wait_for_function("window.sentBody")
        sent = phone.page.evaluate("window.sentBody")
        assert sent == {"kind": "postback", "data": "d", "params": {"datetime": "2026-08-03T10:00"}}

    def test_the_practice_clock_moves_and_the_desk_follows(self, desktop: Phone) -> None:
        desktop.page.get_by_role("button", name="夜 19:00").click()
        expect(desktop.page.locator("#clock")).to_contain_text("19:0")
        expect(desktop.ask("電話")).to_contain_text("受付時間の外")
        desktop.page.get_by_role("button", name="初日 8/3 10:00").click()
        expect(desktop.page.locator("#clock")).to_contain_text("10:0")

    def test_a_blocked_account_is_silent_until_it_is_unblocked(self, desktop: Phone) -> None:
        before = desktop.bubbles.count()
        desktop.page.click("#block")
        expect(desktop.page.locator("#composer")).to_be_hidden()
        desktop.page.click("#unblock")
        desktop.answer_after(before)
        expect(desktop.page.locator("#composer")).to_be_visible()


def focused(phone: Phone) -> str:
    """The id or the words of what has the focus, once its focus is seen to be visible."""
    name, outline = phone.page.evaluate(
        "() => { const e = document.activeElement;"
        " return [e.id || e.textContent, getComputedStyle(e).outlineStyle]; }"
    )
    assert outline != "none", f"no visible focus on {name}"
    return str(name)


def move_focus(phone: Phone, key: str, is_there: Callable[[str], bool]) -> None:
    for _ in range(40):
        phone.page.keyboard.press(key)
        if is_there(focused(phone)):
            return
    pytest.fail(f"{key} never gets there")


class TestKeyboard:
    def test_ask_read_and_press_without_a_mouse(self, phone: Phone) -> None:
        keyboard = phone.page.keyboard
        move_focus(phone, "Tab", lambda name: name == "to-keyboard")
        keyboard.press("Enter")
        before = phone.bubbles.count()
        keyboard.type("電話")
        keyboard.press("Enter")
        answer = phone.answer_after(before)
        expect(answer.get_by_role("button", name="電話をかける")).to_be_visible()
        move_focus(phone, "Shift+Tab", lambda name: "電話をかける" in name)
        keyboard.press("Enter")
        expect(phone.dialog()).to_be_visible()
        keyboard.press("Escape")
        expect(phone.dialog()).to_have_count(0)

    def test_shift_enter_is_a_new_line_and_enter_sends(self, phone: Phone) -> None:
        phone.page.click("#to-keyboard")
        phone.page.locator("#text").press_sequentially("一")
        phone.page.keyboard.press("Shift+Enter")
        phone.page.keyboard.type("二")
        expect(phone.page.locator("#text")).to_have_value("一\n二")
        assert phone.talk.locator(".row.own").count() == 0
        phone.page.keyboard.press("Enter")
        expect(phone.talk.locator(".row.own .bubble")).to_have_text("一\n二")

    def test_enter_while_an_input_method_converts_does_not_send(self, phone: Phone) -> None:
        phone.page.click("#to-keyboard")
        phone.page.fill("#text", "もちもの")
        enter = "{ key: 'Enter', bubbles: true, cancelable: true, isComposing: true }"
        phone.page.locator("#text").evaluate(
            f"e => e.dispatchEvent(new KeyboardEvent('keydown', {enter}))"
        )
        expect(phone.page.locator("#text")).to_have_value("もちもの")
        assert phone.talk.locator(".row.own").count() == 0

    def test_a_pressed_chip_leaves_the_focus_in_the_talk(self, phone: Phone) -> None:
        phone.talk.locator(".quick button").first.focus()
        phone.page.keyboard.press("Enter")
        expect(phone.talk.locator(".log")).to_be_focused()


class TestReading:
    def test_nothing_overflows_at_320_pixels_in_the_largest_letters(self, narrow: Phone) -> None:
        narrow.ask("電話")
        narrow.open_tools()
        narrow.page.get_by_role("button", name="特大").click()
        widths = narrow.page.evaluate(
            "() => [document.documentElement.scrollWidth, innerWidth,"
            " ...[...document.querySelectorAll('.log, .flex, .tools, .composer')]"
            ".map((e) => e.scrollWidth - e.clientWidth)]"
        )
        assert widths[0] <= widths[1]
        assert max(widths[2:]) <= 1

    def test_larger_letters_enlarge_texts_and_what_scales(self, desktop: Phone) -> None:
        text, button = (
            desktop.talk.locator(".bubble").first,
            desktop.talk.locator(".fx-button").first,
        )
        before = [size_of(text), size_of(button)]
        desktop.page.get_by_role("button", name="特大").click()
        assert [size_of(text), size_of(button)] == [pytest.approx(1.6 * size) for size in before]

    def test_axe_finds_nothing_in_the_welcome(self, phone: Phone) -> None:
        assert faults(phone) == ""

    def test_axe_finds_nothing_in_an_answer_in_english_and_large_letters(
        self, desktop: Phone
    ) -> None:
        desktop.tap("English")
        desktop.page.get_by_role("button", name="特大").click()
        desktop.ask("phone")
        assert faults(desktop) == ""

    def test_axe_finds_nothing_in_a_warning_with_a_window_open(self, narrow: Phone) -> None:
        narrow.ask("4649")
        narrow.page.click("#attach")
        narrow.dialog().get_by_role("button", name="いまいる場所").click()
        assert faults(narrow) == ""


def size_of(element: Locator) -> float:
    return float(element.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


def faults(phone: Phone) -> str:
    """What axe-core finds wrong on the page as it stands: every rule, nothing left out."""
    results = Axe().run(phone.page)
    return "" if results.violations_count == 0 else str(results.generate_report())
