"""The matcher's index over a content: made from the catalogue, or put together from what was kept of it.

Making it reads every phrase with the dictionary and takes seconds; what is made is plain (lists and
arrays), so that it can be kept on the disk and mapped by every process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.catalogue.vocabulary import Thesaurus
from intents.match.grams import CHANNELS, Seen, see
from intents.match.index import Channel, Features, Plan
from intents.match.readings import Respeller, Unit, units
from intents.model import Catalogue, Entry, Words
from intents.text import fold, is_latin, latin_words, strip_polite

Arrays = dict[str, NDArray[Any]]
Plain = dict[str, Any]  # of JSON's kinds


@dataclass(frozen=True)
class Parts:
    """`ids`: the entries that can be asked for; `texts`: their phrases, folded, and `letters` as they are
    compared; `plan`: whose they are; `exact`: phrase → number of its entry, -1 where two claim it."""

    ids: list[str]
    texts: list[str]
    letters: list[str]
    plan: Plan
    exact: dict[str, int]
    respeller: Respeller
    channels: tuple[Channel, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, thesaurus: Thesaurus) -> Parts:
        """Over the phrases, labels and answers of `catalogue`."""
        pairs = [(one, _voices(one, thesaurus)) for one in catalogue.entries.values()]
        asked = [(entry, voices) for entry, voices in pairs if voices]
        said = [voice for _, voices in asked for voice in voices]
        texts = [text for voice in said for text in voice.phrases]
        plan = Plan(
            np.array([v for v, voice in enumerate(said) for _ in voice.phrases], np.int64),
            np.array([i for i, (_, voices) in enumerate(asked) for _ in voices], np.int64),
        )
        stripped = [strip_polite(text) for text in (*texts, *(voice.answer for voice in said))]
        found = [units(text) for text in stripped]
        respeller = Respeller.of(found, catalogue.vocabulary.readings)
        seen = [_see(text, respeller, its) for text, its in zip(stripped, found, strict=True)]
        return cls(
            ids=[entry.id for entry, _ in asked],
            texts=texts,
            letters=[one.letters for one in seen[: len(texts)]],
            plan=plan,
            exact=_exact(stripped, plan),
            respeller=respeller,
            channels=_channels(seen, plan) if asked else (),
        )

    def see(self, stripped: str) -> Seen:
        """A text as the channels see it."""
        return _see(stripped, self.respeller)

    def taken_apart(self) -> tuple[Plain, Arrays]:
        """What `put_together` needs."""
        plain: Plain = {
            "ids": self.ids,
            "texts": self.texts,
            "letters": self.letters,
            "exact": self.exact,
            "spelling": dict(self.respeller.spelling),
            "known": sorted(self.respeller.known),
            "names": [list(channel.names) for channel in self.channels],
        }
        arrays: Arrays = {"voice_of": self.plan.voice_of, "entry_of": self.plan.entry_of}
        for number, channel in enumerate(self.channels):
            arrays |= {f"{number}/{name}": array for name, array in channel.arrays.items()}
        return plain, arrays

    @classmethod
    def put_together(cls, plain: Plain, arrays: Mapping[str, NDArray[Any]]) -> Parts:
        """The parts that were taken apart. The arrays may be mapped from a file; nothing writes to them."""
        plan = Plan(arrays["voice_of"], arrays["entry_of"])
        channels = []
        for number, names in enumerate(plain["names"]):
            head = f"{number}/"
            own = {name.removeprefix(head): one for name, one in arrays.items() if name.startswith(head)}
            channels.append(Channel(names, own, plan))
        return cls(
            ids=plain["ids"],
            texts=plain["texts"],
            letters=plain["letters"],
            plan=plan,
            exact=plain["exact"],
            respeller=Respeller(plain["spelling"], plain["known"]),
            channels=tuple(channels),
        )


@dataclass(frozen=True, slots=True)
class _Voice:
    phrases: tuple[str, ...]
    answer: str


def bare(stripped: str) -> str:
    """「持ち物は」 asks what 「持ち物」 asks."""
    return stripped.rstrip("はがをって") or stripped


def _voices(entry: Entry, thesaurus: Thesaurus) -> list[_Voice]:
    """The entry's phrases by script, each with the answer in that script."""
    # Not `unknown`: to say that nothing is announced, all entries use the same words.
    said = entry.answer or Words("")
    texts = dict.fromkeys(fold(text) for text in _ways_to_ask(entry))
    japanese = [t for t in texts if not is_latin(t) or len(latin_words(t)) <= 2]
    english = [t for t in texts if is_latin(t)]
    return [
        _Voice(tuple(dict.fromkeys(map(thesaurus.unify, phrases))), thesaurus.unify(fold(answer)))
        for phrases, answer in ((japanese, said.ja), (english, said.en))
        if phrases
    ]


def _ways_to_ask(entry: Entry) -> list[str]:
    labels = (entry.label.ja, entry.label.easy, entry.label.en) if entry.label else ()
    return [text for text in (*entry.phrases, *labels) if text]


def _exact(stripped: Sequence[str], plan: Plan) -> dict[str, int]:
    owners: dict[str, int] = {}
    for text, owner in zip(stripped, plan.owner.tolist(), strict=False):
        key = bare(text)
        owners[key] = owner if owners.get(key, owner) == owner else -1
    return owners


def _see(stripped: str, respeller: Respeller, found: list[Unit] | None = None) -> Seen:
    if is_latin(stripped):
        return see(stripped, ())
    found = units(stripped) if found is None else found
    respelled = respeller.respell(found)
    return see(respelled, found if respelled == stripped else units(respelled))


def _channels(seen: Sequence[Seen], plan: Plan) -> tuple[Channel, ...]:
    """`seen`: each phrase, then each voice's answer."""
    taken = tuple(Features() for _ in CHANNELS)
    for one in seen:
        for features, channel in zip(taken, one.channels(), strict=True):
            features.add(channel)
    return tuple(Channel.of(features, plan) for features in taken)
