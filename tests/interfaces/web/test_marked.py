"""A chat model's answer on the page: its steps, bands and marked words, with no word of it as markup."""

import lxml.html

from assistant.interfaces.cli.terminal import answer_lines
from assistant.interfaces.web import marked, render
from assistant.output.to_json import answer_to_dict
from assistant.output.to_markdown import answer_to_text, conversation_to_markdown
from assistant.types import Answer, Article, Citation, MarkedWords, Statement

ARTICLE = Article("cup", "Dufour scored the winner in the 109th minute.", title="The final")
CITED = Citation(1, ARTICLE, 0, 45, ARTICLE.text)
EVIL = "Nine <img src=x onerror=alert(1)> men"
ANSWER = Answer(
    "who?",
    "who?",
    "answered",
    True,
    text=f"Dufour did. [1] {EVIL} [1]",
    statements=(
        Statement("Dufour did.", (CITED,), True, mark="checked"),
        Statement(EVIL, (CITED,), True, mark="compare", marked=(MarkedWords(0, 4, "number"),), drawn=True),
    ),
    citations=(CITED,),
    missing=("who <b>kept</b> goal",),
    steps=("searched: <script>final</script>, 1 article",),
)


def test_bands_marks_steps_and_what_is_missing_are_shown_and_nothing_is_markup() -> None:
    tree = lxml.html.fromstring(f"<div>{render.conversation([ANSWER])}</div>")
    assert not tree.xpath("//img | //script | //b")
    assert tree.xpath("//p[@class='share']")[0].text_content() == (
        "1 of 2 statements checked, 1 to compare with the quotes"
    )
    assert [one.get("class") for one in tree.xpath("//p[starts-with(@class, 'statement')]")] == [
        "statement checked",
        "statement compare",
    ]
    assert [one.text_content() for one in tree.xpath("//mark[@class='differs']")] == ["Nine"]
    assert tree.xpath("//details[@class='steps']/summary")[0].text_content() == "1 look-up"
    assert "who <b>kept</b> goal" in tree.xpath("//div[@class='missing']")[0].text_content()
    assert tree.xpath("//a[@class='marker']/@href") == ["#cite-1-1", "#cite-1-1"]


def test_steps_stand_open_while_the_answer_is_written_and_a_built_in_answer_has_no_marks() -> None:
    import dataclasses

    assert marked.steps(dataclasses.replace(ANSWER, final=False)).startswith('<ul class="steps">')
    plain = dataclasses.replace(ANSWER, statements=(Statement("Dufour did.", (CITED,), True),), steps=())
    assert (marked.steps(plain), marked.share(plain), marked.marked_statements(plain, 1)) == ("", "", None)


def test_the_marks_are_in_json_markdown_text_and_on_the_terminal() -> None:
    told = answer_to_dict(ANSWER)
    assert told["statements"][1]["mark"] == "compare"
    assert told["statements"][1]["marked"] == [{"start": 0, "end": 4, "reason": "number"}]
    assert told["statements"][1]["drawn"] is True
    assert (told["missing"], told["steps"]) == (list(ANSWER.missing), list(ANSWER.steps))
    for text in (
        answer_to_text(ANSWER),
        conversation_to_markdown([ANSWER]),
        "\n".join(answer_lines(ANSWER)),
    ):
        assert "1 of 2 statements checked" in text
        assert "To compare with its quotes: statement 2, “Nine”" in text
        assert "Not stated in the articles: who" in text
