"""guides.yaml → guided checks: a few yes/no taps that end in a personal list."""

from __future__ import annotations

from intents.catalogue.form import Form, root_form
from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.model import Choice, Guide, Outcome, Question

_Known = dict[str, set[str]]  # the keys of the choices, by that of their question


def read_guides(root: Node | None, faults: list[Fault]) -> dict[str, Guide]:
    """The guides in `root` by name; one with a fault is left out."""
    sections = root_form(root, "guides", faults)
    if sections is None:
        return {}
    forms = ((name, sections.form(name)) for name in sections.node.fields)
    return {name: guide for name, form in forms if form and (guide := _guide(name, form))}


def _guide(name: str, form: Form) -> Guide | None:
    form.entry = name
    form.allow(("intro", "questions", "outcomes", "closing", "buttons"))
    intro, closing = form.words("intro", needed=True), form.words("closing", needed=True)
    asked = form.forms("questions")
    known = {_key(item.node): {_key(choice) for choice in _items(item.node, "choices")} for item in asked}
    questions = tuple(question for item in asked if (question := _question(item)))
    outcomes = tuple(o for item in form.forms("outcomes") if (o := _outcome(item, known)))
    buttons = tuple(text for text, _ in form.texts("buttons"))
    if not asked:
        form.lacks("「questions:」に質問がありません。", "questions")
    if intro is None or closing is None or not questions:
        return None
    return Guide(name, intro, questions, outcomes, closing, buttons)


def _key(node: Node) -> str:
    key = node.fields.get("key") if isinstance(node, Fields) else None
    return key.value.strip() if isinstance(key, Text) else ""


def _items(node: Fields, key: str) -> tuple[Node, ...]:
    found = node.fields.get(key)
    return found.items if isinstance(found, Items) else ()


def _question(form: Form) -> Question | None:
    form.allow(("key", "ask", "choices"))
    ask = form.words("ask", needed=True)
    choices = tuple(c for item in form.forms("choices") if (c := _choice(item)))
    if len(_items(form.node, "choices")) < 2:
        form.lacks("「choices:」は二つ以上書いてください。", "choices")
    return Question(form.text("key", needed=True), ask, choices) if ask and choices else None


def _choice(form: Form) -> Choice | None:
    form.allow(("key", "label"))
    label = form.words("label", needed=True)
    key = form.text("key", needed=True)
    return Choice(key, label) if label else None


def _outcome(form: Form, known: _Known) -> Outcome | None:
    form.allow(("when", "say"))
    say, section = form.words("say", needed=True), form.form("when")
    when = []
    for key in section.node.fields if section else ():
        keys = tuple(text.strip() for text in section.text(key).split("|")) if section else ()
        wrong = [one for one in keys if one not in known.get(key, ())]
        if wrong and section:
            section.fault(f"「{key}: {'|'.join(wrong)}」という答えはありません。", section.at(key))
        when.append((key, keys))
    return Outcome(tuple(when), say) if say else None
