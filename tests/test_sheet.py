"""The day's list of a counter: what is on it, and that it prints on one page."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest

from bot.booking_commands import book_for_caller
from bot.cli import main
from bot.closing_commands import Day, close_day
from bot.knowledge import Edition
from bot.operating import Operating
from bot.sheet import WALK_INS, page
from bot.sheet_rows import slots_of
from bot.store.memory import MemoryLedger
from intents.bookings import Booking, Wish
from intents.office import JST
from intents.slots import Slot
from tests.browser.phone import browser_path
from tests.support.desk import ROOT
from tests.support.patience import PATIENCE

VENUE, DAY = "kitazawa", date(2026, 8, 12)
NOW = datetime(2026, 8, 11, 17, 0, tzinfo=JST)
PLACES = 16


@pytest.fixture
def desk(practice: Edition) -> Operating:
    return Operating(MemoryLedger(), practice.catalogue, NOW)


def booked(desk: Operating, hour: str, wish: Wish) -> str:
    slot = Slot.parse(f"{VENUE}/{DAY}/{hour}")
    assert slot is not None
    told = book_for_caller(desk, slot, wish, f"{hour}{wish}{len(desk.bookings())}")
    assert isinstance(told, Booking), told
    return told.reference


def fill(desk: Operating) -> set[str]:
    """Every place of the day: a couple at every other time, two people else."""
    codes, both = set(), ("setagaya", "tokyo")
    for i, moment in enumerate(desk.openings.slots):
        wishes = (
            [Wish(2, both, channel="phone")]
            if i % 2
            else [Wish(1, both, True, channel="phone")] * 2
        )
        codes |= {booked(desk, f"{moment:%H:%M}", wish) for wish in wishes}
    return codes


def drawn(desk: Operating) -> str:
    return page(desk, VENUE, DAY, slots_of(desk, VENUE, DAY))


def rows_of(html: str) -> list[str]:
    """The words of each row, cells parted by a bar."""
    found = re.findall(r"<tr>(.*?)</tr>", html)
    return [
        unescape(re.sub(r"<[^>]+>", "", row.replace("</td>", "|").replace("</th>", "|")))
        for row in found
    ]


def test_every_desk_of_every_time_has_a_row_and_walk_ins_have_theirs(desk: Operating) -> None:
    rows = rows_of(drawn(desk))
    assert len(rows) == 1 + PLACES + WALK_INS
    assert rows[1:3] == ["9:00|1||||||", "2||||||"]


def test_a_row_tells_desk_reference_people_topics_and_family(desk: Operating) -> None:
    code = booked(desk, "09:00", Wish(1, ("tokyo",), True, channel="phone"))
    couple = booked(desk, "13:45", Wish(2, ("setagaya", "tokyo"), channel="phone"))
    rows = rows_of(drawn(desk))
    assert f"9:00|1|{code}|1人|東京アプリ|家族||" in rows
    assert f"13:45|1|{couple}|2人|せたがやPay・東京アプリ|||" in rows
    assert f"2|{couple}|2人のうち2人目|せたがやPay・東京アプリ|||" in rows


def test_it_says_that_pins_are_never_asked_and_of_when_it_is(desk: Operating) -> None:
    html = drawn(desk)
    assert "暗証番号は、聞きません。" in html and "見本" in html
    assert "8月11日（火）午後5時現在" in html and 'lang="ja"' in html


def test_it_needs_nothing_from_elsewhere(desk: Operating) -> None:
    assert not re.search(r"https?:|src=|href=|@import|url\(", drawn(desk))


def test_a_time_that_the_table_no_longer_has_still_shows_who_comes(
    desk: Operating, practice: Edition
) -> None:
    code = booked(desk, "13:45", Wish(channel="phone"))
    facts = replace(practice.catalogue.facts, openings=None)
    html = drawn(Operating(desk.ledger, replace(practice.catalogue, facts=facts), NOW))
    assert code in html and "表にない日です" in html


def test_a_closed_day_says_so(desk: Operating) -> None:
    code = booked(desk, "13:45", Wish(channel="phone"))
    close_day(Day(desk, VENUE, DAY), "<台風>", "request")
    html = drawn(desk)
    assert code not in html and "この日は閉じています（理由：&lt;台風&gt;）" in html


def test_the_command_writes_the_page_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path}/desk.db")
    monkeypatch.setenv("FAQ_DIR", str(ROOT / "faq" / "practice"))
    monkeypatch.setenv("DESK_CLOCK", NOW.isoformat())
    out = tmp_path / "day.html"
    assert main(["sheet", "--venue", "北沢", "--date", "8/12", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["sheet", "--venue", "北沢", "--date", "8/12"]) == 0
    assert "<!doctype html>" in capsys.readouterr().out
    assert main(["sheet", "--venue", "北沢", "--date", "8/15"]) == 1


def chromium(folder: Path, html: str, *options: str) -> str:
    """What the browser prints of a page. Its own process: a second Playwright could not start here."""
    file = folder / "day.html"
    file.write_text(html, encoding="utf-8")
    command = [browser_path(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               f"--user-data-dir={folder / 'profile'}", *options, file.as_uri()]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout


@pytest.mark.browser
def test_a_full_day_prints_on_one_a4_page(desk: Operating, tmp_path: Path) -> None:
    codes = fill(desk)
    html = drawn(desk)
    assert sum(any(code in row for code in codes) for row in rows_of(html)) == PLACES
    chromium(tmp_path, html, f"--print-to-pdf={tmp_path / 'day.pdf'}", "--no-pdf-header-footer")
    pdf = (tmp_path / "day.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    assert re.search(rb"/MediaBox\s*\[\s*0 0 59[456][.\d]* 84[123][.\d]*", pdf)


@pytest.mark.browser
def test_a_full_day_with_fewer_on_duty_prints_on_one_page_too(desk: Operating, tmp_path: Path) -> None:
    fill(desk)
    facts = desk.catalogue.facts
    openings = replace(desk.openings, staff={(VENUE, DAY): 2})
    cut = replace(desk, catalogue=replace(desk.catalogue, facts=replace(facts, openings=openings)))
    html = drawn(cut)
    assert html.count("▲") > PLACES // 2 and "少しお待ちいただいて" in html
    chromium(tmp_path, html, f"--print-to-pdf={tmp_path / 'day.pdf'}", "--no-pdf-header-footer")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / "day.pdf").read_bytes())) == 1


@pytest.mark.browser
def test_letters_have_12_points_and_nothing_is_cut_off(desk: Operating, tmp_path: Path) -> None:
    fill(desk)
    measure = """<script>
    const all = selector => [...document.querySelectorAll(selector)];
    const sizes = all('body *').map(e => parseFloat(getComputedStyle(e).fontSize));
    const cut = all('td, th, p').filter(e => e.scrollWidth > e.clientWidth + 1).length;
    const width = document.documentElement.scrollWidth;
    document.title = JSON.stringify([Math.min(...sizes), cut, width]);
    </script>"""
    # 704 CSS pixels are 186 mm: A4 between its margins.
    shown = chromium(tmp_path, drawn(desk) + measure, "--window-size=704,1000", "--dump-dom")
    found = re.search(r"<title>\[([\d.]+),(\d+),(\d+)\]", shown)
    assert found is not None
    smallest, cut, width = float(found[1]), int(found[2]), int(found[3])
    assert smallest >= 16 and cut == 0 and width <= 704  # 16 CSS pixels are 12 points
