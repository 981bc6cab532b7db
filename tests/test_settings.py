"""Settings: all faults at once, `.env` behind the environment, no key that can be guessed, no secret told."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import pytest

from bot.env_file import add_env_file
from bot.secret_key import weakness
from bot.settings import SettingsError, from_environment
from tests.support import events
from tests.support.desk import ROOT
from tests.support.sending import SECRET_KEY

ENVIRON = {
    "LINE_CHANNEL_SECRET": events.SECRET,
    "LINE_CHANNEL_ACCESS_TOKEN": "test-token",
    "SECRET_KEY": SECRET_KEY,
    "FAQ_DIR": str(ROOT / "faq"),
}


def problems(**changed: str) -> list[str]:
    """What is told of a good environment with these changes."""
    with pytest.raises(SettingsError) as caught:
        from_environment(ENVIRON | changed)
    return caught.value.problems


class TestAll:
    def test_all_missing_and_wrong_names_are_told_at_once(self) -> None:
        wrong = {"FAQ_DIR": "/nowhere", "PORT": "x", "DESK_CLOCK": "2026-08-03", "STORE_URL": "ftp://"}
        with pytest.raises(SettingsError) as caught:
            from_environment(wrong)
        told = "\n".join(caught.value.problems)
        for name in ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "SECRET_KEY", *wrong):
            assert name in told

    def test_secrets_are_not_in_its_repr(self) -> None:
        key = secrets.token_hex(16)
        given = ENVIRON | {
            "LINE_CHANNEL_SECRET": "s3cret",
            "LINE_CHANNEL_ACCESS_TOKEN": "t0ken",
            "SECRET_KEY": key,
            "STORE_URL": "redis://user:pa55@127.0.0.1/0",
        }
        settings = from_environment(given)
        assert not [word for word in ("s3cret", "t0ken", key, "pa55") if word in repr(settings)]

    def test_an_empty_setting_is_one_that_is_not_set(self) -> None:
        empty = dict.fromkeys(("STORE_URL", "LINE_API_URL", "DESK_CLOCK", "HOST", "PORT", "LOG_LEVEL"), "")
        assert from_environment(ENVIRON | empty) == from_environment(ENVIRON)

    @pytest.mark.parametrize("name", ["LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"])
    @pytest.mark.parametrize("value", ["abc def", "abc\ndef", "abc\u3000def", "ａｂｃ", "abc\u200bdef"])
    def test_a_credential_that_was_copied_badly_is_told_and_not_shown(self, name: str, value: str) -> None:
        told = problems(**{name: value})
        assert len(told) == 1 and name in told[0] and value not in told[0]

    def test_a_line_break_at_the_end_of_a_credential_does_no_harm(self) -> None:
        settings = from_environment(ENVIRON | {"LINE_CHANNEL_ACCESS_TOKEN": "token\n"})
        assert settings.access_token == "token"

    @pytest.mark.parametrize(
        "url",
        [
            "sqlite:///", "sqlite:desk.db", "redis://", "redis://:hunter2@/0", "redis://:hun/ter2@127.0.0.1/0",
            "redis://:hunter2@127.0.0.1:port/0", "redis://:hunter2@127.0.0.1:6379/zero", "redis://:hunter2@127.0.0.1:99999",
        ],
    )  # fmt: skip
    def test_a_wrong_store_is_told_without_its_password(self, url: str) -> None:
        told = problems(STORE_URL=url)
        assert len(told) == 1 and "STORE_URL" in told[0] and "hun" not in told[0]

    @pytest.mark.parametrize(
        "url", ["sqlite:///var/desk.db", "redis://h", "redis://:p%2Fq@h:6379/3?durable=no", "rediss://u:p@[::1]:1/"]
    )
    def test_a_good_store_is_taken(self, url: str) -> None:
        assert from_environment(ENVIRON | {"STORE_URL": url}).store_url == url


WEAK = [
    "short", "a" * 64, "0" * 32, "abab" * 8, "1234567890123456", "abcdefghijklmnopqrstuvwxyz", "0123456789abcdef",
    "changeme-changeme", "CHANGE_ME_PLEASE_NOW", "please-change-this-secret-key", "your-secret-key-here",
    "my-super-secret-key!", "insecure-default-key", "passwordpassword", "秘密の鍵をここに書いて変えてください",
    'python3 -c "import secrets; print(secrets.token_hex(32))"',
]  # fmt: skip


class TestSecretKey:
    @pytest.mark.parametrize("key", WEAK)
    def test_one_that_can_be_guessed_stops_the_start_and_is_not_shown(self, key: str) -> None:
        told = problems(SECRET_KEY=key)
        assert len(told) == 1 and "SECRET_KEY" in told[0] and "secrets.token_hex" in told[0]
        assert key == WEAK[-1] or key not in told[0]

    def test_what_the_example_says_of_it_is_none(self) -> None:
        example = (ROOT / ".env.example").read_text(encoding="utf-8")
        about = re.findall(r"^#(.*)\nSECRET_KEY=(.*)$", example, re.MULTILINE)
        assert about
        for words in (*about[0], *re.findall(r"（例：(.*)）", about[0][0])):
            assert weakness(words.strip())

    def test_a_random_one_of_any_usual_form_is_good(self) -> None:
        made = [make(size) for make in (secrets.token_hex, secrets.token_urlsafe) for size in (16, 24, 32)]
        assert not [key for key in made if weakness(key)]


class TestEnvFile:
    @staticmethod
    def read(path: Path, text: str, **environ: str) -> tuple[dict[str, str], list[str]]:
        """The environment after the file at `path` was read, and what is wrong with it."""
        path.write_text(text, encoding="utf-8")
        given = {"ENV_FILE": str(path)} | environ
        told = add_env_file(given)
        del given["ENV_FILE"]
        return given, told

    def test_the_environment_wins(self, tmp_path: Path) -> None:
        found, told = self.read(tmp_path / "env", "PORT=1\nHOST=h\n", PORT="2")
        assert (found, told) == ({"PORT": "2", "HOST": "h"}, [])

    def test_comments_quotes_and_the_mark_of_windows_are_read(self, tmp_path: Path) -> None:
        text = "\ufeff# 説明\nA=1 # one\nexport B='two words'\nC=\n\nD=x$HOME\n"
        assert self.read(tmp_path / "env", text)[0] == {"A": "1", "B": "two words", "C": "", "D": "x$HOME"}

    def test_the_example_is_read_and_only_what_must_be_written_is_missing(self, tmp_path: Path) -> None:
        found, told = self.read(tmp_path / "env", (ROOT / ".env.example").read_text(encoding="utf-8"))
        assert told == []
        with pytest.raises(SettingsError) as caught:
            from_environment(found | {"FAQ_DIR": str(ROOT / "faq")})
        assert [line.split(" ")[0] for line in caught.value.problems] == [
            "LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "SECRET_KEY",
        ]  # fmt: skip

    def test_a_faulty_line_is_told_by_its_number_and_nothing_is_taken(self, tmp_path: Path) -> None:
        found, told = self.read(tmp_path / "env", "A=1\n\n\nSECRET_KEY hunter2\nB='open\n")
        assert found == {} and "4行目" in told[0] and "hunter2" not in "".join(told)

    def test_a_folder_or_other_bytes_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "env").write_bytes("名前=値".encode("cp932"))
        for path, words in ((tmp_path / "env", "UTF-8"), (tmp_path, "フォルダ"), (tmp_path / "no", "ありません")):
            assert words in add_env_file({"ENV_FILE": str(path)})[0]

    def test_without_env_file_it_is_the_one_in_the_working_directory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert add_env_file({}) == []
        (tmp_path / ".env").write_text("PORT=5\n")
        environ: dict[str, str] = {}
        assert add_env_file(environ) == [] and environ == {"PORT": "5"}
        assert add_env_file(empty := {"ENV_FILE": ""}) == [] and empty == {"ENV_FILE": ""}
