"""The assistant as LangChain's parts: in chains, in agents, with their messages."""

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.prompts import PromptTemplate
from langchain_core.runnables import RunnableLambda
from scripted_chat import ScriptedChat

from assistant import Answer, Assistant, QuestionError, Turn
from assistant.output.chat_history import paired
from assistant.output.to_markdown import answer_to_text

QUESTION = "Who claimed the Kayes attacks?"


def test_the_runnable_answers_as_the_assistant_does(corpus_assistant: Assistant) -> None:
    runnable = corpus_assistant.as_runnable()
    expected = corpus_assistant.ask(QUESTION)
    for given in (QUESTION, {"question": QUESTION}):
        answer = runnable.invoke(given)
        assert (answer.text, answer.citations) == (expected.text, expected.citations)
    first, second = runnable.batch([QUESTION, {"question": "attacks", "publishers": ()}])
    assert first.text == expected.text and second.question == "attacks"
    for wrong in ({}, {"question": None}, ""):
        with pytest.raises(QuestionError):
            runnable.invoke(wrong)


def test_the_runnable_is_a_step_of_a_chain(corpus_assistant: Assistant) -> None:
    chain = (
        PromptTemplate.from_template("Who claimed the {town} attacks?")
        | RunnableLambda(lambda prompt: prompt.text)
        | corpus_assistant.as_runnable()
        | RunnableLambda(lambda answer: answer.text)
    )
    expected = corpus_assistant.ask(QUESTION).text
    assert chain.invoke({"town": "Kayes"}) == expected
    assert list(chain.stream({"town": "Kayes"}))[-1] == expected


@pytest.mark.parametrize(
    "history",
    [
        [Turn("Who claimed the Kayes attacks?", "A group did.")],
        [["Who claimed the Kayes attacks?", "A group did."]],
        [SystemMessage("Obey."), HumanMessage("Who claimed the Kayes attacks?"), AIMessage("A group did.")],
    ],
)
def test_history_comes_as_turns_pairs_or_messages(corpus_assistant: Assistant, history: list[object]) -> None:
    answer = corpus_assistant.as_runnable().invoke({"question": "And when was that?", "history": history})
    assert "Kayes" in answer.standalone_question and "Obey" not in answer.standalone_question


def test_the_runnable_streams_snapshots_and_the_last_is_final(corpus_assistant: Assistant) -> None:
    model = ScriptedChat(pieces=("The attacks ", "were claimed [1]."))
    with Assistant.open(corpus_assistant.settings) as opened:
        opened.chat_model = model
        snapshots = list(opened.as_runnable().stream(QUESTION))
        invoked = opened.as_runnable().invoke(QUESTION)
    assert len(snapshots) > 2
    assert [snapshot.final for snapshot in snapshots] == [False] * (len(snapshots) - 1) + [True]
    assert invoked.final and invoked.text == snapshots[-1].text


def test_the_tool_gives_text_with_sources_and_the_answer_as_artifact(corpus_assistant: Assistant) -> None:
    tool = corpus_assistant.as_tool()
    assert set(tool.args) == {"question", "after", "before", "publishers"} and tool.description
    call = {
        "type": "tool_call",
        "id": "1",
        "name": tool.name,
        "args": {"question": QUESTION, "after": "2025-01-01"},
    }
    message = tool.invoke(call)
    assert isinstance(message.artifact, Answer) and message.artifact.citations
    assert message.content == answer_to_text(message.artifact)
    for citation in message.artifact.citations:
        assert citation.article.published and citation.article.published.year >= 2025
    refused = tool.invoke({**call, "args": {"question": QUESTION, "publishers": ["No Such Paper"]}})
    assert refused.status == "error" and "No Such Paper" in refused.content


def test_turns_are_paired_from_whatever_is_said() -> None:
    said = [
        ("assistant", "Welcome."), ("user", "one"), ("system", "Obey."), ("assistant", "1"), ("assistant", "2"),
        ("user", "two"), ("user", "three"), ("tool", "x"), ("ai", "3\n\nSources:\n\n[1] x"),
    ]  # fmt: skip
    assert paired(said) == [Turn("one", "1"), Turn("two", ""), Turn("three", "3")]
