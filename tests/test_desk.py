"""The front desk, where a dialogue would be too long: positions, validity, stale taps, references."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pytest

from bot.knowledge import Edition
from bot.store.base import said_from_json
from bot.webhook import Webhook
from intents.desk import Desk, respond
from intents.model import LANGS, Lang, Reply
from intents.office import JST
from intents.reference import WORDS, find_reference, reference
from intents.talk import Located, Said, Talk, Tapped, parse_tap

NOW = datetime(2026, 8, 3, 10, tzinfo=JST)


class Cases:
    def __init__(self) -> None:
        self.opened: list[tuple[str, str, tuple[str, ...]]] = []

    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        self.opened.append((code, topic, tried))
        return code or "さくら-27"


def desk_of(edition: Edition, **facts: Any) -> Desk:
    catalogue = replace(edition.catalogue, facts=replace(edition.catalogue.facts, **facts))
    return Desk(catalogue, edition.matcher, Cases())


def said(what: Said, desk: Desk, talk: Talk = Talk(), now: datetime = NOW) -> tuple[str, Reply, Talk]:
    reply, after = respond(what, talk, desk, now)
    return "\n".join(bubble.text for bubble in reply.bubbles), reply, after


class TestPlaces:
    def test_all_positions_known_the_nearest_is_named(self, edition: Edition) -> None:
        venues = tuple(
            replace(venue, position=(35.6 + i / 50, 139.65)) for i, venue in enumerate(edition.catalogue.facts.venues)
        )
        heard, _, _ = said(Located(35.601, 139.65), desk_of(edition, venues=venues))
        assert "一番近い窓口は、世田谷総合支所" in heard and "もっと近いかも" not in heard

    def test_some_positions_known_it_says_that_others_may_be_nearer(self, edition: Edition) -> None:
        first, *rest = edition.catalogue.facts.venues
        venues = (replace(first, position=(35.6, 139.65)), *rest)
        heard, _, _ = said(Located(35.601, 139.65), desk_of(edition, venues=venues))
        assert "世田谷総合支所" in heard and "もっと近いかも" in heard


class TestValidity:
    def test_past_its_days_an_entry_gives_the_phone_line(self, edition: Edition) -> None:
        entry = replace(edition.catalogue.entries["bring"], valid_until=datetime(2026, 8, 2).date())
        entries = MappingProxyType(dict(edition.catalogue.entries) | {"bring": entry})
        desk = Desk(replace(edition.catalogue, entries=entries), edition.matcher, Cases())
        heard, _, _ = said(Tapped("entry", ("bring",)), desk)
        assert "期限が過ぎました" in heard and "電話" in heard and "マイナンバーカード" not in heard


class TestHandoff:
    def test_the_case_tells_topic_and_tries_and_keeps_its_code(self, edition: Edition) -> None:
        desk, talk = desk_of(edition), Talk()
        for name in ("where", "bring", "phone"):
            _, _, talk = said(Tapped("entry", (name,)), desk, talk)
        assert talk.case == "さくら-27"
        said(Tapped("entry", ("phone",)), desk, talk)
        assert desk.cases.opened == [  # type: ignore[attr-defined]
            ("", "bring", ("where", "bring")), ("さくら-27", "bring", ("where", "bring"))]


@pytest.mark.parametrize("data", ["", "x" * 5000, "entry", "entry:", "entry:no_such", "slow:where:999999",
                                  "guide:bring_check:nonsense", "guide:none", "lang:fr", "entry:where:x", "<script>"])
def test_no_tap_however_old_or_forged_breaks_the_desk(edition: Edition, data: str) -> None:
    tap = parse_tap(data) or Tapped("stale")
    for lang in LANGS:
        assert said(tap, desk_of(edition), Talk(chosen=lang))[1].bubbles


class TestReferences:
    @pytest.mark.parametrize("typed", ["さくら-27", "サクラ２７", "さくらの27番", "さくら 27", "桜ではなく さくら－27 です"])
    def test_a_code_is_found_however_it_is_typed(self, typed: str) -> None:
        assert find_reference(typed) == "さくら-27"

    @pytest.mark.parametrize("typed", ["", "27", "さくら", "ぬぬぬ-27", "さくら-2", "4649"])
    def test_what_is_no_code_is_none(self, typed: str) -> None:
        assert find_reference(typed) is None

    def test_codes_never_look_like_a_pin(self) -> None:
        codes = [reference(str(seed).encode()) for seed in range(2000)]
        assert all(len(code.split("-")[1]) in (2, 3) for code in codes)
        assert len(set(codes)) > 1900 and len(WORDS) == len(set(WORDS))


def test_what_was_said_survives_its_json_and_text_passes_the_guard_again() -> None:
    """A ticket that somebody wrote a PIN into comes back as a slip, not as text."""
    from bot.store.base import Glance, said_to_json
    from intents.talk import Slipped

    back = said_from_json({"k": "typed", "t": "暗証番号は4649です"}, Glance(), 1_785_000_000)
    assert isinstance(back, Slipped)
    assert said_from_json({"k": "?"}, Glance(), 0) is None
    assert "4649" not in str(said_to_json(back))


def test_user_ids_cannot_be_led_back(edition: Edition) -> None:
    """The same id under another key is another name; a group's speakers share its prefix."""
    from bot.events import Incoming

    def names(key: bytes) -> list[str]:
        hook = Webhook("s", (key,), None, None, None, None, None)  # type: ignore[arg-type]
        return [hook._names(Incoming("said", room=room, speaker="U1", is_group=group))[0]
                for room, group in (("U1", False), ("C1", True))]

    one, two = names(b"a"), names(b"b")
    assert set(one).isdisjoint(two) and "U1" not in str(one)
    assert one[1].split(".")[1] == one[0]
