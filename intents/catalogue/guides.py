"""guides.yaml → guided checks: a few yes/no taps that end in a personal list."""

from __future__ import annotations

from intents.catalogue.form import Form
from intents.catalogue.yamldoc import Fault, Fields, Node
from intents.model import Choice, Guide, Outcome, Question


def read_guides(root: Node | None, faults: list[Fault]) -> dict[str, Guide]:
    if not isinstance(root, Fields):
        return {}
    sections = Form(root, "guides", faults)
    guides = {}
    for name in root.fields:
        form = sections.form(name)
        guide = _guide(name, form) if form else None
        if guide is not None:
            guides[name] = guide
    return guides


def _guide(name: str, form: Form) -> Guide | None:
    form.entry = name
    form.allow(("intro", "questions", "outcomes", "closing", "buttons"))
    intro, closing = form.words("intro", needed=True), form.words("closing", needed=True)
    questions = tuple(q for item in form.forms("questions") if (q := _question(item)))
    if not questions:
        form.fault("「questions:」に質問がありません。")
    if intro is None or closing is None or not questions:
        return None
    return Guide(
        id=name,
        intro=intro,
        questions=questions,
        outcomes=tuple(o for item in form.forms("outcomes") if (o := _outcome(item, questions))),
        closing=closing,
        buttons=tuple(text for text, _ in form.texts("buttons")),
    )


def _question(form: Form) -> Question | None:
    form.allow(("key", "ask", "choices"))
    ask = form.words("ask", needed=True)
    choices = tuple(c for item in form.forms("choices") if (c := _choice(item)))
    if len(choices) < 2:
        form.fault("「choices:」は二つ以上書いてください。")
    return Question(form.text("key", needed=True), ask, choices) if ask and choices else None


def _choice(form: Form) -> Choice | None:
    form.allow(("key", "label"))
    label = form.words("label", needed=True)
    return Choice(form.text("key", needed=True), label) if label else None


def _outcome(form: Form, questions: tuple[Question, ...]) -> Outcome | None:
    form.allow(("when", "say"))
    say, section = form.words("say", needed=True), form.form("when")
    known = {question.key: {choice.key for choice in question.choices} for question in questions}
    when = []
    for key in section.node.fields if section else ():
        keys = tuple(text.strip() for text in section.text(key).split("|")) if section else ()
        wrong = [one for one in keys if one not in known.get(key, ())]
        if wrong and section:
            section.fault(f"「{key}: {'|'.join(wrong)}」という答えはありません。")
        when.append((key, keys))
    return Outcome(tuple(when), say) if say else None
