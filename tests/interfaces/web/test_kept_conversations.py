"""A page's conversation and the one that is kept: continued, edited, in two tabs, deleted, full."""

import dataclasses
import threading

import pytest
from test_chat import DEATHS, answered, run
from web_articles import PRESS
from web_served import make_index

from assistant import Assistant
from assistant.errors import UnknownConversation
from assistant.interfaces.web.chat import reply, view
from assistant.interfaces.web.conversation import KEPT_ANSWERS, Conversation, Shelf, opened
from assistant.interfaces.web.drawn import Drawn
from assistant.workspace.conversations import MOST_TURNS
from assistant.workspace.sqlite.conversations import CONVERSATIONS_FILE, SqliteConversations


@pytest.fixture
def shelf(tmp_path):
    return Shelf(SqliteConversations(tmp_path), "ada")


def asked(assistant, conversation, question, shelf, **options):
    async def collect():
        return [one async for one in reply(assistant, conversation, question, shelf=shelf, **options)]

    return run(collect())[-1]


def reopened(assistant, shelf, name):
    conversation = Conversation()
    kept, lost = opened(shelf, name, assistant)
    conversation.show(kept, shelf.user, lost)
    return conversation


def questions(shelf, name):
    return [one.question for one in shelf.conversations.open(shelf.user, name, lambda article: None).answers]


def test_what_is_asked_is_kept_and_goes_on_after_it_is_opened_again(assistant, shelf):
    conversation = Conversation()
    last = asked(assistant, conversation, DEATHS, shelf)
    assert f'id="conversation-{conversation.id}"' in last.thread
    again = reopened(assistant, shelf, conversation.id)
    assert again.answers[0].citations == conversation.answers[0].citations
    shown = view(again.answers, of=again)
    assert shown.sources == view(conversation.answers, of=conversation).sources
    followed = asked(assistant, again, "When was that?", shelf)
    assert "Varn" in followed.understood
    assert questions(shelf, conversation.id) == [DEATHS, "When was that?"]


def test_a_greeting_is_kept_with_the_question_that_follows_it(assistant, shelf):
    conversation = Conversation()
    asked(assistant, conversation, "hello", shelf)
    assert conversation.id is None and shelf.conversations.list("ada") == []
    asked(assistant, conversation, DEATHS, shelf)
    asked(assistant, conversation, "thanks", shelf)
    assert questions(shelf, conversation.id) == ["hello", DEATHS, "thanks"]
    assert [one.title for one in shelf.conversations.list("ada")] == [DEATHS]


def test_without_a_shelf_nothing_is_kept(assistant):
    conversation = Conversation()
    assert "conversation-" not in asked(assistant, conversation, DEATHS, None).thread


def test_an_edited_question_takes_the_place_of_what_followed(assistant, shelf):
    conversation = Conversation()
    for question in (DEATHS, "When was that?", "Who led the commission?"):
        asked(assistant, conversation, question, shelf)
    assert conversation.edit(1) == "When was that?"
    assert view(conversation.answers, of=conversation).editing == "2"
    failed = asked(assistant, conversation, " ", shelf)
    assert (failed.editing, len(conversation.answers)) == ("2", 3)
    last = asked(assistant, conversation, "What brought down the bridge?", shelf)
    assert last.editing == ""
    assert questions(shelf, conversation.id) == [DEATHS, "What brought down the bridge?"]
    assert conversation.edit(7) == ""
    assert conversation.editing is None


def test_a_question_understood_otherwise_is_kept_in_place_of_the_last(assistant, shelf):
    conversation = Conversation()
    for question in (DEATHS, "When was that?"):
        asked(assistant, conversation, question, shelf)
    asked(assistant, conversation, "", shelf, question_as="When did the ferry start?")
    assert questions(shelf, conversation.id) == [DEATHS, "When was that?"]
    assert (
        reopened(assistant, shelf, conversation.id).answers[1].standalone_question
        == "When did the ferry start?"
    )


def test_two_tabs_lose_nothing_of_each_other(assistant, shelf):
    first = Conversation()
    asked(assistant, first, DEATHS, shelf)
    second = reopened(assistant, shelf, first.id)
    asked(assistant, first, "When was that?", shelf)
    last = asked(assistant, second, "Who led the commission?", shelf)
    assert "kept as a copy" in last.thread
    assert first.id != second.id
    assert questions(shelf, first.id) == [DEATHS, "When was that?"]
    assert questions(shelf, second.id) == [DEATHS, "Who led the commission?"]
    assert "kept as a copy" not in asked(assistant, second, "When?", shelf).thread


def test_what_was_deleted_elsewhere_stays_deleted(assistant, shelf):
    conversation = Conversation()
    asked(assistant, conversation, DEATHS, shelf)
    deleted = conversation.id
    shelf.conversations.delete("ada", deleted)
    last = asked(assistant, conversation, "Who led the commission?", shelf)
    assert "deleted" in last.thread
    assert DEATHS not in str(questions(shelf, conversation.id))
    with pytest.raises(UnknownConversation):
        opened(shelf, deleted, assistant)


def test_another_user_in_the_same_page_begins_a_conversation_of_their_own(assistant, shelf):
    conversation = Conversation()
    asked(assistant, conversation, DEATHS, shelf)
    first, grace = conversation.id, Shelf(shelf.conversations, "grace")
    asked(assistant, conversation, "Who led the commission?", grace)
    assert conversation.id != first
    assert questions(shelf, first) == [DEATHS]
    assert questions(grace, conversation.id) == ["Who led the commission?"]


def test_a_file_that_cannot_be_written_costs_no_answer(assistant, shelf, tmp_path):
    (tmp_path / CONVERSATIONS_FILE).write_text("no database " * 1000)
    last = asked(assistant, Conversation(), DEATHS, shelf)
    assert "Fourteen" in last.thread
    assert "not kept" in last.thread


def test_a_long_conversation_shows_its_end_and_a_full_one_says_so(assistant, shelf):
    kept = shelf.conversations.create("ada", [answered(number) for number in range(MOST_TURNS - 1)])
    conversation = reopened(assistant, shelf, kept.id)
    assert len(conversation.answers) == KEPT_ANSWERS
    assert f"{MOST_TURNS - 1 - KEPT_ANSWERS} earlier" in view(conversation.answers, of=conversation).thread
    asked(assistant, conversation, DEATHS, shelf)
    assert len(questions(shelf, kept.id)) == MOST_TURNS
    last = asked(assistant, conversation, "One more?", shelf)
    assert "begin a new one" in last.thread.replace("&#59;", ";")
    assert len(questions(shelf, kept.id)) == MOST_TURNS
    conversation.edit(KEPT_ANSWERS - 1)
    asked(assistant, conversation, "Who led the commission?", shelf)
    assert questions(shelf, kept.id)[-1] == "Who led the commission?"


def test_a_source_that_changed_or_went_is_marked_and_its_quote_stays(tmp_path, shelf):
    with Assistant.open(make_index(tmp_path / "index", PRESS)) as opened_assistant:
        conversation = Conversation()
        asked(opened_assistant, conversation, DEATHS, shelf)
        quotes = [one.quote for one in conversation.answers[0].citations]
        bridge = next(one for one in PRESS if one.id == "bridge.md")
        text = "The bridge was rebuilt. " * 20
        opened_assistant.index.add_articles(
            [dataclasses.replace(bridge, text=text, sha256="")], opened_assistant.embedder
        )
        changed = reopened(opened_assistant, shelf, conversation.id)
        assert [one.quote for one in changed.answers[0].citations] == quotes
        shown = view(changed.answers, of=changed)
        assert "has changed since" in shown.sources
        assert "Fourteen people died" in shown.sources
        opened_assistant.index.remove(["bridge.md"])
        gone = reopened(opened_assistant, shelf, conversation.id)
        shown = view(gone.answers, of=gone)
        assert "no longer in the corpus" in shown.sources
        assert "Fourteen people died" in shown.sources


def test_what_is_awaited_when_another_is_opened_is_not_put_into_it(assistant, shelf):
    kept = shelf.conversations.create("ada", [answered(1)])
    released = threading.Event()

    def slow():
        released.wait(10)
        yield answered(2)

    async def switch():
        conversation = Conversation()
        drawn = conversation.await_answer(Drawn(slow(), 30))
        found, lost = opened(shelf, kept.id, assistant)
        conversation.show(found, "ada", lost)
        released.set()
        return [one async for one in drawn], conversation.answers

    seen, answers = run(switch())
    assert seen == []
    assert [one.question for one in answers] == ["Question 1?"]
