"""The commands, in Japanese. Exit codes as usual: 0 good, 1 faults found, 2 misuse."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot import (
    ask_command,
    booking_commands,
    cancelling_commands,
    closing_commands,
    content_commands,
    listing,
    sheet,
)
from bot.arguments import Parser, read
from bot.knowledge import ContentError
from bot.settings import SettingsError, from_environment
from bot.store.base import StorageError
from bot.typed import Misuse

Add = Callable[[str, str, str], Parser]  # name, help, example → the command's parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. The exit code."""
    gc.disable()  # loading makes much and drops little; who serves turns it on again
    parser, commands = _parser()
    arguments = read(parser, commands, sys.argv[1:] if argv is None else argv)
    try:
        return int(arguments.run(arguments))
    except BrokenPipeError:  # `madoguchi ask … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Misuse as error:
        print(error, file=sys.stderr)
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)
    except ContentError as error:
        print(f"内容にまちがいがあるため、始められません。\n{error}", file=sys.stderr)
    except StorageError as error:
        print(f"保存先（STORE_URL）が使えません：{error}", file=sys.stderr)
    return 2


def _parser() -> tuple[Parser, dict[str, Parser]]:
    """The parser, and that of each command."""
    parser = Parser(
        prog="madoguchi", description="LINE のスマホ窓口", epilog="命令の一覧：madoguchi --help"
    )
    added = parser.add_subparsers(title="命令", required=True, metavar="命令", dest="command")
    commands: dict[str, Parser] = {}

    def add(name: str, told: str, example: str) -> Parser:
        epilog = f"例：madoguchi {name} {example}".rstrip()
        commands[name] = added.add_parser(name, help=told, description=told, epilog=epilog)
        return commands[name]

    _add_desk(add)
    _add_content(add)
    _add_bookings(add)
    _add_days(add)
    return parser, commands


def _add_desk(add: Add) -> None:
    """What runs the desk."""
    serve = add("serve", "窓口を動かす（LINEからの受け取りと返事）", "")
    serve.add_argument(
        "--workers", type=int, default=1, help="プロセスの数（redis のときだけ2以上）"
    )
    serve.set_defaults(run=_serve)

    add("worker", "返事の取り残しと片付けだけをする（redis のとき）", "").set_defaults(run=_worker)

    demo = add("demo", "LINEに似た練習ページを開く（LINEの登録はいりません）", "")
    demo.add_argument("--port", type=int, default=8765, help="ポート番号")
    demo.add_argument("--start", type=datetime.fromisoformat, help="時計の始まり（時差つき）")
    demo.set_defaults(run=_demo)

    menu = add("richmenu", "リッチメニュー（6つのタイル）", "show")
    menu.add_argument(
        "action",
        choices=("publish", "show", "draw"),
        help="publish：LINEに登録する　show：中身を見る　draw：絵を描きなおす",
    )
    menu.set_defaults(run=_richmenu)


def _add_content(add: Add) -> None:
    """What staff check their words with, and what the call centre looks up."""
    check = add("check", "内容（faq）のまちがいを、すべて挙げる", "faq")
    check.add_argument("folder", nargs="?", type=Path, default=_folder(), help="内容のフォルダ")
    check.add_argument(
        "--close-calls", action="store_true", help="ほかの項目に取られそうな聞き方も挙げる"
    )
    check.set_defaults(run=content_commands.check)

    test = add("test", "questions.yaml の質問に、決めた答えが返るか確かめる", "faq")
    test.add_argument("folder", nargs="?", type=Path, default=_folder(), help="内容のフォルダ")
    test.set_defaults(run=content_commands.test)

    ask = add("ask", "窓口が何と答えるか、なぜかを見る", "持ち物は何ですか")
    ask.add_argument("text", nargs="?", help="質問")
    ask.add_argument("--jsonl", action="store_true", help='標準入力の {"q": …} の行に答える')
    ask.add_argument("--folder", type=Path, default=_folder(), help="内容のフォルダ")
    ask.add_argument(
        "--lang", choices=("ja", "easy", "en"), help="ことば（書かなければ質問に合わせる）"
    )
    ask.set_defaults(run=ask_command.ask)

    case = add("case", "電話で聞いた合い言葉（さくら-27）から、用件を見る", "さくら-27")
    case.add_argument("code", help="合い言葉")
    case.set_defaults(run=_case)


def _add_bookings(add: Add) -> None:
    """What the operator on the phone types."""
    book = add(
        "book",
        "電話の方の予約をとる（お名前も電話番号も書きません）",
        f"{_WHERE} --time 13:45 --people 1",
    )
    _add_where(book, required=True)
    book.add_argument("--time", required=True, help="時刻（13:45、午後1時45分）")
    book.add_argument("--people", default="1", help="人数（1 か 2。2人はとなりの席）")
    book.add_argument("--topics", default="", help="お手伝い（せたがやPay,東京アプリ）")
    book.add_argument("--family", action="store_true", help="ご家族のための予約")
    _add_json(book)
    book.set_defaults(run=booking_commands.book)

    bookings = add("bookings", "予約の一覧を見る", _WHERE)
    _add_where(bookings, required=False)
    bookings.add_argument("--all", action="store_true", help="取り消された予約も出す")
    bookings.add_argument("--unsent", action="store_true", help="送れなかったお知らせを出す")
    bookings.add_argument("--deletions", action="store_true", help="決まりで消した記録を出す")
    _add_json(bookings)
    bookings.set_defaults(run=listing.show)

    cancel = add("cancel", "予約を取り消す（LINEの方には、すぐお知らせが行く）", "さくら-27")
    cancel.add_argument(
        "reference", nargs="+", metavar="合い言葉", help="合い言葉（さくら-27、サクラの27番）"
    )
    cancel.add_argument("--undo", action="store_true", help="まちがえて取り消した予約を、元にもどす")
    _add_json(cancel)
    cancel.set_defaults(run=cancelling_commands.cancel)


def _add_days(add: Add) -> None:
    """What the ward does with a whole day."""
    close = add(
        "close",
        "ある日の窓口を閉じる（--yes を付けるまでは、だれに関わるかを見るだけ）",
        f"{_WHERE} --reason 台風のため",
    )
    _add_where(close, required=True)
    close.add_argument("--reason", required=True, help="理由（お客さまに見えます。40文字まで）")
    close.add_argument("--yes", action="store_true", help="ほんとうに閉じる")
    close.set_defaults(run=closing_commands.close)

    reopen = add("open", "閉じた日を、また開ける", _WHERE)
    _add_where(reopen, required=True)
    reopen.set_defaults(run=closing_commands.reopen)

    page = add("sheet", "その日の一覧を、A4の紙1枚に印刷する形で出す", f"{_WHERE} --out today.html")
    _add_where(page, required=True)
    page.add_argument("--out", type=Path, help="書き出すファイル（なければ画面に出す）")
    page.set_defaults(run=sheet.show)


_WHERE = "--venue 北沢 --date 2026-08-25"


def _add_where(parser: Parser, *, required: bool) -> None:
    parser.add_argument("--venue", required=required, help="窓口（北沢、きたざわ、kitazawa）")
    parser.add_argument(
        "--date", required=required, help="日にち（2026-08-25、8/25、8月25日、来週の火曜）"
    )


def _add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON で出す")


def _folder() -> Path:
    return Path(os.environ.get("FAQ_DIR", "faq"))


def _serve(arguments: argparse.Namespace) -> int:
    from bot.knowledge import load_for_desk
    from bot.listening import listen
    from bot.log import set_up
    from bot.process import keep_to_itself
    from bot.server import serve, serve_many
    from bot.store import open_store

    keep_to_itself()
    settings = from_environment(os.environ)
    if settings.store_url.startswith("sqlite") and arguments.workers != 1:
        print(
            "sqlite のときは --workers 1 だけです。増やすには STORE_URL を redis:// にします。",
            file=sys.stderr,
        )
        return 2
    edition = load_for_desk(settings.faq_dir, settings.indexes)
    open_store(settings.store_url).close()
    set_up(settings.log_level)
    gc.freeze()  # what is loaded stays, and need not be looked through again and again
    gc.enable()
    with listen(settings.host, settings.port) as listener:
        if arguments.workers == 1:
            serve(settings, listener, edition)
        else:
            serve_many(listener, arguments.workers)
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
