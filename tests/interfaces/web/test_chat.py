"""How a question becomes views: history, failures, limits of time, what is kept."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from scripted_chat import ScriptedChat
from web_articles import PRESS

from assistant import Answer, Assistant
from assistant.interfaces.web.chat import reply
from assistant.interfaces.web.conversation import KEPT_ANSWERS, Conversation
from assistant.interfaces.web.drawn import Drawn

DEATHS = "How many people died in the collapse of the Varn bridge?"


def run(coroutine):
    """Run a coroutine in a thread of its own: the browser's driver may keep a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()


def views(assistant, conversation, question, *filters):
    async def collect():
        return [view async for view in reply(assistant, conversation, question, *filters)]

    return run(collect())


def answered(number):
    return Answer(f"Question {number}?", f"Question {number}?", "answered", True, text="Yes.")


def test_a_reply_begins_with_the_question_and_ends_with_sources_and_exports(assistant):
    conversation = Conversation()
    first, *_, last = views(assistant, conversation, DEATHS)
    assert first.busy
    assert first.started
    assert first.as_json == first.as_markdown == ""
    assert not last.busy
    assert [answer.question for answer in conversation.answers] == [DEATHS]
    assert 'class="card"' in last.sources
    assert PRESS[0].id in last.as_json
    assert "Fourteen people died" in last.as_markdown


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("", ()),
        ("why " * 30_000, ()),
        (DEATHS, ("yesterday",)),
        (DEATHS, ("2031-13-01",)),
        (DEATHS, ("2031-02-01", "2031-01-01")),
        (DEATHS, (None, None, ["No Such Paper"])),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_not_kept(assistant, question, filters):
    conversation = Conversation()
    last = views(assistant, conversation, question, *filters)[-1]
    assert last.thread.count('class="failure"') == 1
    assert "Traceback" not in last.thread
    assert len(last.thread) < 10 * assistant.settings.question_characters
    assert conversation.answers == []
    assert not last.busy


def test_a_failure_leaves_the_conversation_as_it_was(assistant):
    conversation = Conversation()
    views(assistant, conversation, DEATHS)
    last = views(assistant, conversation, "")[-1]
    assert "Fourteen" in last.thread
    assert 'class="failure"' in last.thread
    assert [answer.question for answer in conversation.answers] == [DEATHS]


def test_how_a_question_was_understood_can_be_changed(assistant):
    conversation = Conversation()
    views(assistant, conversation, DEATHS)
    assert (
        views(assistant, conversation, "When was that?")[-1].understood
        == conversation.answers[1].standalone_question
    )

    async def ask_again(meant):
        return [view async for view in reply(assistant, conversation, "", question_as=meant)]

    meant = "When did the ferry start?"
    first, *_, last = run(ask_again(meant))
    assert first.understood == ""
    assert last.understood == meant
    assert [answer.question for answer in conversation.answers] == [DEATHS, "When was that?"]
    assert conversation.answers[1].standalone_question == meant
    before = list(conversation.answers)
    failed = run(ask_again("  "))[-1]
    assert 'class="failure"' in failed.thread
    assert conversation.answers == before
    assert failed.understood == meant


def test_an_answer_is_asked_again_with_another_model(assistant):
    said = "Fourteen people died in the collapse. [1]"
    model = ScriptedChat(pieces=(said,))
    other = Assistant(assistant.index, assistant.embedder, assistant.settings, model, assistant.reader)
    assert other.models == ("chat model", "built-in answerer")
    conversation = Conversation()
    last = views(other, conversation, DEATHS)[-1]
    assert conversation.answers[0].written_by == "chat model" and "written by" in last.thread
    views(other, conversation, "When was that?")
    asked, meant = len(model.calls), conversation.answers[1].standalone_question

    async def ask_with(name):
        return [view async for view in reply(other, conversation, "", with_model=name)]

    last = run(ask_with("built-in answerer"))[-1]
    assert len(model.calls) == asked and "written by" in last.thread
    assert [answer.written_by for answer in conversation.answers] == ["chat model", None]
    assert conversation.answers[1].question == "When was that?"
    assert conversation.answers[1].standalone_question == meant
    run(ask_with("chat model"))
    assert len(model.calls) > asked and conversation.answers[1].written_by == "chat model"
    before = list(conversation.answers)
    assert 'class="failure"' in run(ask_with("no such model"))[-1].thread
    assert conversation.answers == before


def test_the_oldest_answers_of_a_long_conversation_go():
    conversation = Conversation()
    for number in range(KEPT_ANSWERS + 3):
        conversation.place(conversation.answers, answered(number))
    assert len(conversation.answers) == KEPT_ANSWERS
    assert conversation.answers[-1].question == f"Question {KEPT_ANSWERS + 2}?"


def test_time_that_is_up_ends_the_wait_and_the_work():
    stuck, closed = threading.Event(), threading.Event()

    def slow():
        try:
            yield answered(1)
            stuck.wait(30)
            yield answered(2)
            yield answered(3)
        finally:
            closed.set()

    async def collect():
        seen = []
        with pytest.raises(TimeoutError):
            async for answer in Drawn(slow(), 0.5):
                seen.append(answer.question)
        return seen

    assert run(collect()) == ["Question 1?"]
    assert not closed.is_set()
    stuck.set()
    assert closed.wait(10)


def test_a_reader_who_leaves_ends_the_work_at_the_next_snapshot():
    drawn = []

    def endless():
        while True:
            drawn.append(time.monotonic())
            time.sleep(0.05)
            yield answered(len(drawn))

    async def leave():
        async def read():
            async for _ in Drawn(endless(), 60):
                pass

        reading = asyncio.create_task(read())
        await asyncio.sleep(0.3)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading

    run(leave())
    count = len(drawn)
    assert count > 0
    time.sleep(0.4)
    assert len(drawn) <= count + 1


def test_a_stopped_reply_ends_at_once_and_is_not_kept(assistant):
    closed = threading.Event()

    class Unfinished(Assistant):
        def stream(self, question, **options):
            try:
                while True:
                    yield replace(answered(1), final=False)
            finally:
                closed.set()

    unfinished = Unfinished(assistant.index, assistant.embedder, assistant.settings)

    async def stop():
        conversation, seen = Conversation(), []
        async for view in reply(unfinished, conversation, DEATHS):
            seen.append(view.busy)
            if len(seen) == 3:
                conversation.stop()
        return conversation.answers, seen

    assert run(stop()) == ([], [True, True, True, False])
    assert closed.wait(10)


def drawing():
    return [thread for thread in threading.enumerate() if thread.name == "answer"]


@pytest.mark.parametrize("way", ["stop", "leave"])
def test_a_chat_model_that_is_silent_is_given_up_within_two_seconds(assistant, way):
    before = set(drawing())
    model = ScriptedChat(pieces=("Too late.",), pause_seconds=30)
    asked = Assistant(assistant.index, assistant.embedder, assistant.settings, model)

    async def give_up():
        conversation = Conversation()

        async def read():
            async for _ in reply(asked, conversation, DEATHS):
                pass

        reading = asyncio.create_task(read())
        while not model.calls:
            await asyncio.sleep(0.02)
        began = time.monotonic()
        if way == "stop":
            conversation.stop()
            await reading
        else:
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
        return time.monotonic() - began, conversation.answers

    waited, answers = run(give_up())
    assert waited < 2
    assert answers == []
    deadline = time.monotonic() + 2
    while set(drawing()) - before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not set(drawing()) - before
    assert not model.ended.is_set()
