"""The commands. Help and faults in Japanese; exit codes as usual: 0 good, 1 faults found, 2 misuse."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot import ask_command, content_commands
from bot.knowledge import ContentError
from bot.settings import SettingsError, from_environment
from bot.store.base import StorageError


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. The exit code."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except BrokenPipeError:  # `madoguchi ask … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)
    except ContentError as error:
        print(f"内容にまちがいがあるため、始められません。\n{error}", file=sys.stderr)
    except StorageError as error:
        print(f"保存先（STORE_URL）が使えません：{error}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="madoguchi", description="LINE のスマホ窓口")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")

    serve = commands.add_parser("serve", help="窓口を動かす（LINEからの受け取りと返事）")
    serve.add_argument("--workers", type=int, default=1, help="プロセスの数（redis のときだけ2以上）")
    serve.set_defaults(run=_serve)

    worker = commands.add_parser("worker", help="返事の取り残しと片付けだけをする（redis のとき）")
    worker.set_defaults(run=_worker)

    demo = commands.add_parser("demo", help="LINEに似た練習ページを開く（LINEの登録はいりません）")
    demo.add_argument("--port", type=int, default=8765, help="ポート番号")
    demo.add_argument("--start", type=datetime.fromisoformat, help="時計の始まり（時差つき）")
    demo.set_defaults(run=_demo)

    check = commands.add_parser("check", help="内容（faq）のまちがいを、すべて挙げる")
    check.add_argument("folder", nargs="?", type=Path, default=_folder(), help="内容のフォルダ")
    check.add_argument("--close-calls", action="store_true", help="ほかの項目に取られそうな聞き方も挙げる")
    check.set_defaults(run=content_commands.check)

    test = commands.add_parser("test", help="questions.yaml の質問に、決めた答えが返るか確かめる")
    test.add_argument("folder", nargs="?", type=Path, default=_folder(), help="内容のフォルダ")
    test.set_defaults(run=content_commands.test)

    ask = commands.add_parser("ask", help="窓口が何と答えるか、なぜかを見る")
    ask.add_argument("text", nargs="?", help="質問")
    ask.add_argument("--jsonl", action="store_true", help='標準入力の {"q": …} の行に答える')
    ask.add_argument("--folder", type=Path, default=_folder(), help="内容のフォルダ")
    ask.add_argument("--lang", choices=("ja", "easy", "en"), help="ことば（書かなければ質問に合わせる）")
    ask.set_defaults(run=ask_command.ask)

    case = commands.add_parser("case", help="電話で聞いた合言葉（さくら-27）から、用件を見る")
    case.add_argument("code", help="合言葉")
    case.set_defaults(run=_case)

    menu = commands.add_parser("richmenu", help="リッチメニュー（6つのタイル）")
    menu.add_argument(
        "action",
        choices=("publish", "show", "draw"),
        help="publish：LINEに登録する　show：中身を見る　draw：絵を描きなおす",
    )
    menu.set_defaults(run=_richmenu)
    return parser


def _folder() -> Path:
    return Path(os.environ.get("FAQ_DIR", "faq"))


def _serve(arguments: argparse.Namespace) -> int:
    from bot.app import create_app
    from bot.knowledge import load_for_desk
    from bot.log import set_up
    from bot.server import Server
    from bot.store import open_store

    settings = from_environment(os.environ)
    if settings.store_url.startswith("sqlite") and arguments.workers != 1:
        print(
            "sqlite のときは --workers 1 だけです。増やすには STORE_URL を redis:// にします。",
            file=sys.stderr,
        )
        return 2
    edition = load_for_desk(settings.faq_dir)
    open_store(settings.store_url).close()
    set_up(settings.log_level)
    gc.freeze()  # what is loaded so far stays shared with the workers
    Server(settings, lambda: create_app(settings, edition=edition), arguments.workers).run()
    return 0


def _worker(_: argparse.Namespace) -> int:
    from bot.worker import run_worker

    return run_worker(from_environment(os.environ))


def _demo(arguments: argparse.Namespace) -> int:
    from bot.demo.serve import run

    return run(arguments.port, arguments.start)


def _case(arguments: argparse.Namespace) -> int:
    from bot.case_command import show_case

    return show_case(arguments.code, os.environ)


def _richmenu(arguments: argparse.Namespace) -> int:
    from bot import richmenu

    if arguments.action == "show":
        return richmenu.show(_folder())
    if arguments.action == "draw":
        return richmenu.draw(_folder())
    return richmenu.publish(from_environment(os.environ))


if __name__ == "__main__":
    sys.exit(main())
