"""A guided check: its questions one by one, and the personal list at the end."""

from __future__ import annotations

from dataclasses import replace

from intents.answers import miss
from intents.model import Bubble, Catalogue, Guide, Reply, Tap
from intents.say import Speaker
from intents.talk import Talk
from intents.text import fold
from intents.turn import Turn, entry_taps, quick_taps, tried

_YES = frozenset({"はい", "うん", "ええ", "そう", "そうです", "ある", "あります", "yes", "y", "ok"})
_NO = frozenset({"いいえ", "いえ", "ううん", "ない", "ありません", "まだ", "no", "n"})


def valid_prefix(guide: Guide, given: tuple[str, ...]) -> tuple[str, ...]:
    """The answers in `given` that fit the guide's questions, up to the first that does not."""
    kept: list[str] = []
    for question, key in zip(guide.questions, given, strict=False):
        if key not in {choice.key for choice in question.choices}:
            break
        kept.append(key)
    return tuple(kept)


def question_bubble(guide: Guide, given: tuple[str, ...], speak: Speaker) -> Bubble:
    """The next question with its taps; the first one tells how many there will be."""
    number, total = len(given) + 1, len(guide.questions)
    question = guide.questions[len(given)]
    progress = speak.prompt("guide_progress", number=str(number), total=str(total))
    text = f"{progress}\n{speak.fill(question.ask.say(speak.lang)).text}"
    if not given:
        text = f"{speak.fill(guide.intro.say(speak.lang)).text}\n\n{text}"
    taps = [
        _choice_tap(choice.label.say(speak.lang), guide, (*given, choice.key)) for choice in question.choices
    ]
    stop = speak.prompt("guide_stop")
    return Bubble(text, (*taps, Tap(stop, "stop", stop)))


def _choice_tap(label: str, guide: Guide, given: tuple[str, ...]) -> Tap:
    # The tap carries all answers so far, so that an old button still means what it says.
    return Tap(label, ":".join(("guide", guide.id, *given)), label)


def result_bubble(guide: Guide, given: tuple[str, ...], speak: Speaker) -> Bubble:
    """The personal list: every outcome whose conditions the answers meet."""
    answers = {q.key: key for q, key in zip(guide.questions, given, strict=True)}
    lines = [
        speak.fill(outcome.say.say(speak.lang)).text
        for outcome in guide.outcomes
        if all(answers.get(key) in keys for key, keys in outcome.when)
    ]
    head, tail = speak.prompt("guide_result"), speak.fill(guide.closing.say(speak.lang)).text
    return Bubble("\n\n".join([head, "\n".join(f"・{line}" for line in lines), tail]))


def typed_choice(catalogue: Catalogue, talk: Talk, text: str) -> tuple[str, ...] | None:
    """The answers so far with the one that was typed instead of tapped; None where it is none."""
    guide = catalogue.guides.get(talk.guide)
    if guide is None or len(talk.given) >= len(guide.questions):
        return None
    choices = guide.questions[len(talk.given)].choices
    folded = fold(text)
    for number, choice in enumerate(choices, 1):
        labels = {fold(label) for label in (choice.label.ja, choice.label.easy, choice.label.en)}
        if folded in labels or folded == str(number):
            return (*talk.given, choice.key)
    for words, key in ((_YES, "yes"), (_NO, "no")):
        if folded in words and any(choice.key == key for choice in choices):
            return (*talk.given, key)
    return None


def step(name: str, given: tuple[str, ...], turn: Turn) -> tuple[Reply, Talk]:
    """The next question of the guide `name` after the answers `given`; the list after the last."""
    guide = turn.desk.catalogue.guides.get(name)
    if guide is None:
        return miss(turn)
    given = valid_prefix(guide, given)
    if len(given) < len(guide.questions):
        turn = turn.remember(guide=name, given=given)
        return turn.say(question_bubble(guide, given, turn.speak), room="guide", entry=name)
    turn = turn.remember(guide="", given=(), last="", tried=tried(turn.talk, name))
    listed = replace(result_bubble(guide, given, turn.speak), buttons=entry_taps(turn, *guide.buttons))
    return turn.say(listed, quick=quick_taps(turn), room="guide_result", entry=name)


def resume(reply: Reply, talk: Talk, turn: Turn) -> tuple[Reply, Talk]:
    """After a question in the middle of a guided check: back to its step."""
    guide = turn.desk.catalogue.guides.get(talk.guide)
    if guide is None or reply.room.startswith("guide") or reply.room == "phone":
        return reply, talk
    asked = question_bubble(guide, talk.given, turn.speak)
    resumed = replace(asked, text=f"{turn.speak.prompt('guide_resume')}\n\n{asked.text}")
    return replace(reply, bubbles=(*reply.bubbles[:4], resumed), quick=()), talk
