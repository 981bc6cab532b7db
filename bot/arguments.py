"""The command line's own faults, said to the operator in Japanese: what is wrong, what to type."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import metadata
from typing import Any, NoReturn

from bot.typed import shown

# Phones and word processors turn the two hyphens of an option into these.
_DASHES = re.compile(r"^[-－ー—–−‐]{1,2}(?=[a-z])")
_PERSONAL = re.compile(r"--?(?:name|phone|tel|mail|address|user|who)")
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", "{0} がありません。"),
    (
        r"argument (\S+): expected (?:one|at least one) argument",
        "{0} のあとに、値を書いてください。",
    ),
    (r"argument (\S+): invalid \S+ value: '(.*)'", "{0} の{1}は読めません。"),
    (r"argument (\S+): ignored explicit argument .*", "{0} には、値を付けません。"),
    (
        r"ambiguous option: (\S+) could match (.+)",
        "{0} は、{1} のどれか分かりません。終わりまで書いてください。",
    ),
    (r"argument (\S+): not allowed with argument (\S+)", "{0} と {1} は、いっしょに使えません。"),
)


class Parser(argparse.ArgumentParser):
    """Speaks Japanese. `epilog` is an example of the command; it follows every fault."""

    def error(self, message: str) -> NoReturn:
        self.refuse(in_japanese(message))

    def refuse(self, sentence: str) -> NoReturn:
        """Ends with `sentence` and the example."""
        self.exit(2, "\n".join(filter(None, (sentence, self.epilog))) + "\n")


class ShowVersion(argparse.Action):
    """`--version`: looked up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        try:
            print(f"madoguchi {metadata.version('madoguchi')}")
            parser.exit(0)
        except metadata.PackageNotFoundError:
            parser.exit(1, "版が分かりません。make setup で入れてから、お試しください。\n")


def port_number(text: str) -> int:
    """A port, 0 for any free one. ValueError."""
    port = int(text)
    if not 0 <= port < 65536:
        raise ValueError(text)
    return port


def in_japanese(message: str) -> str:
    """argparse's own sentence in the operator's language."""
    if "\u3000" in message:
        return "全角の空白があります。半角の空白にしてください。"
    choice = re.fullmatch(
        r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)", message, re.S
    )
    if choice:
        return _not_a_choice(choice[1], choice[2], re.findall(r"[\w-]+", choice[3]))
    for pattern, sentence in _FAULTS:
        found = re.fullmatch(pattern, message, re.S)
        if found:
            name, *typed = found.groups()
            return sentence.format(name, *map(shown, typed))
    return "命令の書き方がちがいます。"


def _not_a_choice(name: str, typed: str, choices: list[str]) -> str:
    near = get_close_matches(typed, choices, 1)
    meant = f"「{near[0]}」のことでしょうか。" if near else f"{'・'.join(choices)} のどれかです。"
    return f"{shown(typed)}という{'命令' if name == '命令' else '言葉'}はありません。{meant}"


def read(parser: Parser, commands: dict[str, Parser], argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; SystemExit 2 with a sentence where there are none. `commands`: their parsers."""
    found, extra = parser.parse_known_args([_DASHES.sub("--", word) for word in argv])
    if extra:
        commands.get(found.command, parser).refuse(_unknown(extra, found.command))
    return found


def _unknown(extra: list[str], command: str) -> str:
    options = [word.split("=")[0] for word in extra if word.startswith("-")]
    if any(_PERSONAL.match(option) for option in options):
        return "お名前・電話番号・住所は、どこにも書きません。予約は合い言葉だけで扱います。"
    if options:
        return f"{'、'.join(options)} は、{command} では使えません。"
    return f"{command} に続けて書いた言葉のうち、{len(extra)}つが読めません。「--venue 北沢」のように、名前を付けて書いてください。"
