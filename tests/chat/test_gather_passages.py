"""What is looked up before a chat model answers: by its own plan, or by rules; bounded and told."""

import datetime
import json
import time
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from scripted_chat import ScriptedChat

from assistant import Assistant
from assistant.chat.passages import chosen, labelled, lead, token_counter, with_lead
from assistant.chat.plan import Material, fit_to_budget, gather_passages
from assistant.chat.tools import Library, look_up, tool_schemas
from assistant.errors import UnknownArticle
from assistant.question.plan import planned
from assistant.retrieval.find import ArticleOccurrences
from assistant.settings import Settings
from assistant.types import Answer, Article, Citation, Event, Hit, Passage, Period, Query, Side

TEXT = "The ferry sailed at noon. " + "It carried sheep and hay to the far islands of the north. " * 40


def article(id_: str) -> Article:
    return Article(id_, f"{id_.title()} news. {TEXT}", title=f"About {id_}")


def hit(id_: str, start: int = 0, end: int = 90) -> Hit:
    one = article(id_)
    return Hit(Passage(f"{id_}:{start}", id_, start, end, one.text[start:end]), one, 1.0)


def cited(id_: str) -> Citation:
    one = article(id_)
    return Citation(1, one, 0, 11, one.text[:11])


class Shelf:
    """A library of articles named as they are searched; keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def library(self) -> Library:
        return Library(self.search, self.find, self.timeline, self.ask, self.article)

    def search(self, words: str) -> list[Hit]:
        self.asked.append(("search", words))
        return [hit(words.split(maxsplit=1)[0].lower(), 100, 200)] if words != "nothing" else []

    def find(self, words: str) -> list[ArticleOccurrences]:
        at = TEXT.index("sheep") + len("Hay news. ")
        return (
            [ArticleOccurrences(article("hay"), ((at, at + 5), (at + 57, at + 62)))]
            if words == "sheep"
            else []
        )

    def timeline(self, words: str) -> list[Event]:
        day = datetime.date(2031, 5, 1)
        return [Event(Period(day, day), "on 1 May", (cited("strike"),))]

    def ask(self, question: str) -> Answer:
        sides = tuple(Side(value, citations=(cited(value),)) for value in ("twelve", "forty"))
        return Answer(question, question, "sources_differ", True, sides=sides)

    def article(self, id_: str) -> Article:
        if id_ != "harbour":
            raise UnknownArticle(f"the index holds no article {id_!r}")
        return article("harbour")


class PlanningChat(ScriptedChat):
    """Asks for tools as ``plans`` say, a list of (name, words) a call; after that it is done."""

    plans: tuple[tuple[tuple[str, str], ...], ...] = ()

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        return self

    def _stream(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        place = len(self.calls)
        self.calls.append(messages)
        time.sleep(self.pause_seconds)
        for number, (name, words) in enumerate(self.plans[place] if place < len(self.plans) else ()):
            call = {
                "name": name,
                "args": f'{{"words": "{words}"}}',
                "id": f"{place}-{number}",
                "index": number,
                "type": "tool_call_chunk",
            }
            yield ChatGenerationChunk(message=AIMessageChunk("", tool_call_chunks=[call]))
        yield ChatGenerationChunk(message=AIMessageChunk(self.pieces[0] if self.pieces else "DONE"))


def gathered(model: ScriptedChat, question: str = "what happened?", **changes: Any) -> list[Material]:
    settings = Settings().model_copy(update={k: v for k, v in changes.items() if k != "kind"})
    kind = changes.get("kind", "short")
    query, things = Query(question, question), planned(Query(question, question)).things
    return list(gather_passages(query, [hit("first")], Shelf().library(), model, settings, kind, things))


def test_without_tools_each_thing_compared_is_searched_and_the_results_take_turns() -> None:
    last = gathered(ScriptedChat(), "Compare Holmby and Ostham")[-1]
    assert [one.article.id for one in last.hits] == ["first", "holmby", "ostham"]
    assert last.steps == ("searched: Holmby, 1 article", "searched: Ostham, 1 article")


def test_a_model_plans_and_each_step_is_told_as_it_happens() -> None:
    model = PlanningChat(
        plans=((("search", "strike"), ("timeline", "strikes in May")), (("sides", "toll?"),))
    )
    snapshots = gathered(model)
    assert snapshots[-1].steps == (
        "searched: strike, 1 article",
        "timeline: strikes in May, 1 event",
        "sides: toll?, 2 sides",
    )
    assert [len(one.steps) for one in snapshots] == sorted(len(one.steps) for one in snapshots)
    assert {one.article.id for one in snapshots[-1].hits} == {"first", "strike", "twelve", "forty"}
    assert len(model.calls) == 3
    assert any("passage number" in str(message.content) for message in model.calls[1])


def test_steps_are_bounded_and_tools_that_do_not_exist_are_told() -> None:
    model = PlanningChat(plans=((("launch_rocket", "now"),), *[(("search", "x"),)] * 50))
    last = gathered(model, chat_steps=3)[-1]
    assert len(last.steps) == 3
    assert "does not exist" in last.steps[0]


def test_calls_written_as_text_are_done_and_seconds_are_bounded() -> None:
    text = '<tool_call>{"name": "search", "arguments": {"words": "harbour"}}</tool_call>'
    assert "searched: harbour, 1 article" in gathered(PlanningChat(pieces=(text,)), chat_steps=1)[-1].steps
    began = time.monotonic()
    slow = gathered(PlanningChat(pause_seconds=30), chat_seconds=2.0)[-1]
    assert time.monotonic() - began < 5
    assert "given up" in slow.steps[-1]
    assert [one.article.id for one in slow.hits] == ["first"]


def test_a_small_model_does_not_plan() -> None:
    model = PlanningChat(plans=((("search", "strike"),),))
    assert gathered(model, chat_model="ollama:qwen3:4b")[-1].steps == ()
    assert model.calls == []


def test_for_a_summary_the_best_articles_are_read_whole() -> None:
    last = gathered(ScriptedChat(), kind="summary")[-1]
    assert last.hits[0].passage.text == article("first").text.strip()
    assert last.steps == ("read: About first",)


def test_what_a_model_looks_up_keeps_its_place_among_many_passages() -> None:
    model = PlanningChat(plans=((("article", "harbour"), ("search", "strike")),))
    found = [hit(f"n{number}") for number in range(30)]
    *_, last = gather_passages(Query("who?", "who?"), found, Shelf().library(), model, Settings())
    given = fit_to_budget(last, Settings(chat_tokens=1500), lambda text: len(text) // 4)
    read = {one.article.id: one.passage.text for one in given}
    assert read["harbour"] == article("harbour").text.strip()
    assert "strike" in read


def test_a_passage_that_another_holds_is_given_once() -> None:
    whole = hit("first", 0, 2000)
    assert chosen([hit("first", 900, 1000), whole, hit("first", 300, 400)], 2300, len) == [whole]


def test_whole_articles_share_the_tokens_of_the_passages() -> None:
    last = gathered(ScriptedChat(), kind="summary", chat_tokens=300)[-1]
    assert last.hits[0].passage.end <= 1300
    assert last.steps == ("read: About first (its first part)",)


@pytest.mark.parametrize(
    ("name", "words", "step"),
    [
        ("find", "sheep", "found: sheep, 2 times in 1 article"),
        ("find", "goats", "found: goats, 0 times in 0 articles"),
        ("article", "harbour", "read: About harbour"),
        ("article", "ferry", "read: About ferry"),
        ("article", "nothing", "read: nothing, no such article"),
        ("search", "", "search: no words were given"),
    ],
)
def test_tools(name: str, words: str, step: str) -> None:
    assert look_up(name, {"words": words}, Shelf().library()).step == step
    assert name in [one["name"] for one in tool_schemas()]


def test_leads_come_with_hits_and_passages_that_touch_are_joined() -> None:
    far = hit("first", 1500, 1600)
    assert [one.passage.start for one in with_lead(far)] == [1500, 0]
    assert with_lead(hit("first", 0, 1200)) == [hit("first", 0, 1200)]
    given = chosen([far, hit("first", 1600, 1700)], 10_000, len)
    assert [(one.passage.start, one.passage.end) for one in given] == [
        (0, lead(far.article).end),
        (1500, 1700),
    ]
    assert all(one.passage.text == one.article.text[one.passage.start : one.passage.end] for one in given)


def test_passages_fit_the_tokens_and_short_debris_goes() -> None:
    many = [hit("first"), hit("debris", 0, 20), *(hit(f"n{number}") for number in range(50))]
    settings = Settings(chat_tokens=1000)
    given = fit_to_budget(Material((tuple(many),)), settings, lambda text: len(text) // 4)
    assert sum(len(labelled(number, one)) // 4 for number, one in enumerate(given, 1)) <= 1000
    assert "debris" not in {one.article.id for one in given}


def test_a_passage_whose_lead_does_not_fit_gives_way_to_one_that_does() -> None:
    note = Article("note", "A ferry sank off Holmby with all its sheep and all its hay on Monday night.")
    small = Hit(Passage("note:0", "note", 0, len(note.text), note.text), note, 1.0)
    given = chosen([hit("second", 0, 100), hit("first", 1500, 1600), small], 1000, len)
    assert [(one.article.id, one.passage.start) for one in given] == [("second", 0), ("note", 0)]


def test_what_was_counted_is_kept_with_a_sentence_of_each_article() -> None:
    model = PlanningChat(plans=((("find", "sheep"),),))
    last = gathered(model)[-1]
    assert (last.steps, last.counts) == (("found: sheep, 2 times in 1 article",), (2, 1))
    assert last.hits[-1].passage.text == "It carried sheep and hay to the far islands of the north."
    assert any("2 times in 1 article" in str(message.content) for message in model.calls[1])


def test_a_model_that_writes_without_end_while_it_plans_is_stopped() -> None:
    began = time.monotonic()
    assert gathered(PlanningChat(pieces=("and so on " * 2000,)))[-1].steps == ()
    assert time.monotonic() - began < 2


def test_tokens_are_counted_by_the_model_s_own_tokeniser_where_it_brings_one() -> None:
    own = ScriptedChat(custom_get_token_ids=lambda text: list(range(7)))
    assert token_counter(own, lambda texts: [100])("x") == 7
    assert token_counter(ScriptedChat(), lambda texts: [100])("x") == 111


AFTER = datetime.date(2025, 7, 2)


def test_a_count_that_was_looked_up_may_be_told(corpus_assistant: Assistant) -> None:
    held = corpus_assistant.find("Kayes", after=AFTER, count=True)
    said = {
        "say": f"Kayes stands in {held.articles} articles.",
        "rests_on": [{"passage": 1, "words": "JNIM claimed the attacks on Kayes and six other towns"}],
        "drawn": True,
    }
    settings = corpus_assistant.settings.model_copy(update={"chat_second_look": False})
    for count, mark in ((held.articles, "quoted"), (held.articles + 40, "compare")):
        line = json.dumps({**said, "say": f"Kayes stands in {count} articles."})
        model = PlanningChat(plans=((("find", "Kayes"),),), pieces=(line,))
        answer = Assistant(corpus_assistant.index, corpus_assistant.embedder, settings, model).ask(
            "Who claimed the attacks on Kayes?", after=AFTER
        )
        told = f"found: Kayes, {held.total} times in {held.articles} articles"
        assert answer.steps[-1] == told
        assert told in str(model.calls[-1][1].content)
        assert [one.mark for one in answer.statements] == [mark]
