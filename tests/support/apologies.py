"""An apology is no answer: what counts replies must read them."""

from __future__ import annotations

from functools import cache

from bot.content import read_folder
from intents.catalogue import build
from intents.model import Catalogue
from tests.support.desk import ROOT, Messages, texts_of


class Apologies:
    """Knows the sentences with which a desk of `catalogue` says that it cannot answer now."""

    def __init__(self, catalogue: Catalogue) -> None:
        busy = catalogue.prompts["busy"]
        self._texts = tuple(text for text in (busy.ja, busy.easy, busy.en) if text)

    def is_one(self, messages: Messages) -> bool:
        """Whether these messages say nothing, or only that the desk is not well, in any language."""
        said = texts_of(messages)
        return not said or any(text in one for one in said for text in self._texts)


@cache
def of_practice() -> Apologies:
    """Of the content that servers under test serve."""
    catalogue = build(read_folder(ROOT / "faq" / "practice")).catalogue
    assert catalogue is not None
    return Apologies(catalogue)
