"""The commands as staff and operators type them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.richmenu import COLUMNS, HEIGHT, MAX_PICTURE, ROWS, WIDTH, menu
from bot.store import open_store
from bot.store.base import Case
from intents.model import Catalogue
from tests.support.desk import ROOT, DeskUnderTest
from tests.support.line import StandInLine
from tests.support.sending import SECRET_KEY

Printed = pytest.CaptureFixture[str]


def least_folder(folder: Path) -> Path:
    """Content as small as it may be, of another city."""
    (folder / "city.yaml").write_text(
        "- id: garbage\n  phrases: [ごみの日はいつですか, 燃えるごみはいつ出しますか, ごみの収集日]\n  answer: 月曜と木曜です。\n"
        "- id: library\n  phrases: [図書館は何時まで, 本を借りたい, 図書館の休館日]\n  answer: 午後7時までです。\n"
        "- id: tax\n  phrases: [住民税の払い方, 税金はどこで払いますか, 納税証明書がほしい]\n  answer: 銀行で払えます。\n",
        encoding="utf-8",
    )
    return folder


class TestAsk:
    def test_it_shows_candidates_scores_and_what_the_desk_says(
        self, capsys: Printed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DESK_CLOCK", "2026-08-03T10:00:00+09:00")
        assert main(["ask", "持ち物は何ですか", "--folder", str(ROOT / "faq")]) == 0
        printed = capsys.readouterr().out
        assert "bring" in printed and "確かさ" in printed and "マイナンバーカード" in printed

    def test_jsonl_answers_every_line_for_any_folder(
        self, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = ["燃えるごみはいつ", "図書館は何時までですか", "本を借りたい"]
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps({"q": q}) + "\n" for q in asked)))
        assert main(["ask", "--jsonl", "--folder", str(least_folder(tmp_path))]) == 0
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["q"] for line in lines] == asked
        assert [line["answers"][0]["id"] for line in lines] == ["garbage", "library", "library"]
        assert lines[2]["refused"] is False
        for line in lines:
            scores = [answer["score"] for answer in line["answers"]]
            assert scores == sorted(scores, reverse=True) and isinstance(line["refused"], bool)

    def test_a_pin_is_refused_here_too(self, capsys: Printed) -> None:
        assert main(["ask", "暗証番号は4649です", "--folder", str(ROOT / "faq")]) == 0
        printed = capsys.readouterr().out
        assert "受け取りません" in printed and "4649" not in printed

    def test_nothing_asked_is_misuse(self, capsys: Printed) -> None:
        assert main(["ask", "--folder", str(ROOT / "faq")]) == 2


class TestContent:
    def test_the_wards_own_questions_get_their_answers(self, capsys: Printed) -> None:
        assert main(["test", str(ROOT / "faq")]) == 0, capsys.readouterr().out

    def test_a_changed_answer_fails(self, tmp_path: Path, capsys: Printed) -> None:
        least_folder(tmp_path)
        (tmp_path / "questions.yaml").write_text("- {q: 図書館の休館日, entry: garbage}\n", encoding="utf-8")
        assert main(["test", str(tmp_path)]) == 1
        assert "「garbage」のはずが「library」でした" in capsys.readouterr().out

    def test_an_empty_folder_is_told(self, tmp_path: Path, capsys: Printed) -> None:
        assert main(["check", str(tmp_path)]) == 1
        assert "一つもありません" in capsys.readouterr().out
        assert main(["check", str(tmp_path / "nowhere")]) == 2


class TestCase:
    def test_the_operator_sees_topic_and_tries(
        self, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = f"sqlite:///{tmp_path}/desk.db"
        store = open_store(url)
        code = store.open_case(Case("", "bring", ("where", "miss"), "en", 1_785_715_200), "seed")
        monkeypatch.setenv("STORE_URL", url)
        monkeypatch.setenv("FAQ_DIR", str(ROOT / "faq"))
        assert main(["case", code.replace("-", "の")]) == 0  # beside the running desk
        printed = capsys.readouterr().out
        assert code in printed and "持ち物" in printed and "お答えできなかった" in printed and "英語" in printed
        store.close()

    def test_an_unknown_or_mistyped_code_is_told(
        self, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path}/desk.db")
        assert main(["case", "さくら-27"]) == 1
        assert not (tmp_path / "desk.db").exists()  # looking makes no store
        assert main(["case", "4649"]) == 2


class TestRichMenu:
    def test_six_tiles_cover_the_whole_picture(self, catalogue: Catalogue) -> None:
        made = menu(catalogue.tiles)
        assert len(made["areas"]) == COLUMNS * ROWS == 6
        areas = [area["bounds"] for area in made["areas"]]
        covered = sum(area["width"] * area["height"] for area in areas)
        assert covered >= 0.99 * WIDTH * HEIGHT
        assert all(area["action"]["label"] for area in made["areas"])
        assert [area["action"]["data"] for area in made["areas"]] == [
            "entry:where", "entry:bring_check", "entry:pin_difference", "entry:booking", "entry:phone", "entry:for_parent"]

    def test_its_picture_is_one_that_line_takes(self) -> None:
        picture = (ROOT / "faq" / "richmenu.png").read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) <= MAX_PICTURE
        assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (WIDTH, HEIGHT)


def test_worker_says_that_sqlite_needs_none(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    for name in ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("FAQ_DIR", str(ROOT / "faq"))
    monkeypatch.delenv("STORE_URL", raising=False)
    assert main(["worker"]) == 2
    assert "worker はいりません" in capsys.readouterr().err


def test_the_path_of_the_api_url_is_kept(desk: DeskUnderTest, line: StandInLine) -> None:
    """A look-alike may live below a path of its own."""
    from bot.line import Line

    assert Line(line.url + "/practice/", "t")._base_url == line.url + "/practice"
