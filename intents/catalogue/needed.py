"""What the code itself needs to find in a whole desk's content: sentences, entries, guided checks.

A folder of a few entries (README's least entry) is no whole desk; one with a prompts.yaml is meant as one.
"""

from __future__ import annotations

from collections.abc import Iterable

from intents.catalogue.nodes import Fault
from intents.catalogue.prompts import NEEDED as PROMPTS
from intents.model import Catalogue, Place

# The entries that buttons of the desk itself lead to. A test holds this against the code.
ENTRIES = frozenset(
    """
    booking booking_change booking_check bring menu nearest phone pin_difference pin_setagaya pin_tokyo
    points_about say_again scam_told slowly today_open tomorrow_open until venue_dates walk_in where
    """.split()
)
GUIDES = frozenset({"bring_check"})


def desk_faults(catalogue: Catalogue) -> tuple[Fault, ...]:
    """Everything that a desk answering from `catalogue` would lack; () where it has all."""
    return (*missing_prompts(catalogue.prompts), *missing_entries(catalogue), *missing_guides(catalogue.guides))


def missing_prompts(prompts: Iterable[str]) -> tuple[Fault, ...]:
    lacking = sorted(PROMPTS - set(prompts))
    return tuple(Fault(Place("prompts.yaml", 0), f"窓口の文「{name}」がありません。", name) for name in lacking)


def missing_entries(catalogue: Catalogue) -> tuple[Fault, ...]:
    words = "この id の項目がありません。窓口のボタンが使うので、id を変えたり消したりしないでください。"
    return tuple(Fault(Place("", 0), words, name) for name in sorted(ENTRIES - catalogue.entries.keys()))


def missing_guides(guides: Iterable[str]) -> tuple[Fault, ...]:
    lacking = sorted(GUIDES - set(guides))
    return tuple(Fault(Place("guides.yaml", 0), f"「{name}」の質問と結果がありません。", name) for name in lacking)
