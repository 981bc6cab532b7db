"""The commands, in Japanese. Exit codes as usual: 0 good, 1 faults found, 2 misuse."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from bot import starting
from bot.arguments import read
from bot.command_line import parsers
from bot.env_file import add_env_file
from bot.knowledge import ContentError
from bot.settings import SettingsError
from bot.start_faults import file_fault, store_fault
from bot.store.base import StorageError
from bot.typed import Misuse


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. The exit code."""
    gc.disable()  # loading makes much and drops little; who serves turns it on again
    problems = add_env_file(os.environ)
    parser, commands = parsers()
    arguments = read(parser, commands, sys.argv[1:] if argv is None else argv)
    try:
        if problems and arguments.run is not starting.demo:  # which reads no settings
            raise SettingsError(problems)
        starting.existing(getattr(arguments, "folder", None))
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
        print(f"保存先（STORE_URL）が使えません：{store_fault(error)}", file=sys.stderr)
    except OSError as error:
        print(file_fault(error), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
