import dataclasses

from assistant.answers.on_topic import (
    is_about,
    is_opinion,
    naming_rarest,
    on_topic,
    rarest_word,
    tells_at_once,
    tells_of_topic,
    told_at_once,
)
from assistant.evidence.sentences import ScoredSentence
from assistant.question.question_type import profile
from assistant.text.tokens import content_words, stems
from assistant.types import Article

FERRY = Article(
    "ferry", "The ferry Morven sank off Arle. Divers found the wreck on Friday.", title="The Morven sinks"
)
LINER = Article(
    "liner", "The old liner will be sunk as a reef. Divers will visit the wreck.", title="Last voyage"
)


def test_an_article_on_a_topic_holds_its_words_and_names() -> None:
    topic = stems(content_words("the wreck of the Morven"))
    asked = profile("Summarise the wreck of the Morven", {}, 2)
    assert on_topic([FERRY, LINER], topic, asked) == [FERRY]
    assert on_topic([FERRY, LINER], set(), asked) == [FERRY, LINER]


def test_a_topic_without_names_needs_most_of_its_weight() -> None:
    topic = stems(content_words("the wreck and the reef"))
    asked = profile("summarise the wreck and the reef", {}, 2)
    assert on_topic([FERRY, LINER], topic, asked) == [LINER]


def test_an_article_is_about_what_its_title_and_lead_name() -> None:
    topic = stems(content_words("the Morven"))
    assert is_about(FERRY, topic)
    assert not is_about(LINER, topic)
    assert not is_about(FERRY, set())


def test_where_an_article_holds_the_rarest_word_the_others_are_left_out() -> None:
    topic = stems(content_words("the wreck that divers saw"))
    asked = profile("the wreck that divers saw", {"wreck": 9, "divers": 9, "saw": 9}, 10)
    assert on_topic([FERRY, LINER], topic, asked) == [FERRY, LINER]
    rare = stems(content_words("divers, wreck, Friday"))
    assert on_topic([FERRY, LINER], rare, profile("divers wreck Friday", {"divers": 9, "wreck": 9}, 10)) == [
        FERRY
    ]


def test_a_word_with_a_hyphen_is_also_one_word() -> None:
    truce = Article("truce", "The cease-fire proposal for Arle was announced.", title="Arle")
    topic = stems(content_words("the ceasefire proposal"))
    assert is_about(truce, topic)
    assert on_topic([truce], topic, profile("the ceasefire proposal", {}, 2)) == [truce]


def test_sentences_of_articles_with_the_rarest_name_are_kept_where_there_are_some() -> None:
    one, two = (ScoredSentence(article, 0, 9, article.text[:9], ()) for article in (FERRY, LINER))
    assert naming_rarest([two, one], profile("What sank the Morven?", {}, 2)) == [one]
    assert naming_rarest([two], profile("What sank the Morven?", {}, 2)) == [two]


def test_of_equally_rare_words_the_last_is_taken_in_every_process() -> None:
    for name in ("Ada van Berg", "Iver ag Holt", "Mara de la Sund", "Per Olaf Lund"):
        topic = stems(content_words(name))
        assert rarest_word(topic, profile(f"Who is {name}?", {}, 0)) == name.split()[-1].lower()


def said(text: str) -> ScoredSentence:
    return ScoredSentence(Article("a", text), 0, len(text), text, ())


def test_a_sentence_speaks_of_a_name_by_its_last_word_and_its_adjective() -> None:
    asked = profile("Sum up Ada Berg", {}, 2)
    topic = stems(content_words("Ada Berg"))
    assert tells_of_topic(said("Berg opened the fair."), topic, asked)
    assert not tells_of_topic(said("The mayor opened the fair."), topic, asked)
    of_place = profile("a briefing on Lesk", {}, 2)
    named = dataclasses.replace(of_place, weights={"lesk": 1.0}, names=frozenset({"lesk"}))
    assert tells_of_topic(said("The Leskian navy left."), {"lesk"}, named)


def test_a_sentence_speaks_of_a_topic_without_names_by_any_word() -> None:
    asked = profile("how sailors are affected", {}, 2)
    topic = stems(content_words("how sailors are affected"))
    assert tells_of_topic(said("Three sailors drowned."), topic, asked)
    assert not tells_of_topic(said("The ferry was old."), topic, asked)


def test_comments_and_letters_are_told_from_reports() -> None:
    assert is_opinion(Article("a", "x", title="Opinion: Close the port"))
    assert is_opinion(Article("b", "x", title="Letters to the editor, 3 May"))
    assert is_opinion(Article("c", "x", title="Close the port", url="https://post.example/opinion/2024/port"))
    assert not is_opinion(
        Article("d", "x", title="Letter bomb found", url="https://post.example/news/opinions-differ")
    )
    assert not is_opinion(Article("e", "x", title="Public opinion turns against the port"))


def test_a_column_of_short_news_does_not_tell_of_a_topic_whose_words_stand_in_several() -> None:
    weights = {"arl": 0.4, "ferri": 0.3, "derail": 0.3}
    column = Article(
        "column",
        "Arle: A school opens. Lesk: It rained for a week. Corrie: The new ferry sails on Monday. "
        "Benholt: A tram derailed.",
        title="News of the coast",
    )
    assert told_at_once(column, weights) == (0.6, 0.6)
    assert not tells_at_once(column, weights)
    told = Article(
        "told", "A ferry sank.\n\nIt sailed from Arle. It had derailed a crane.", title="Ferry lost"
    )
    assert told_at_once(told, weights)[1] == 1.0
    assert tells_at_once(told, weights)
    assert told_at_once(Article("empty", ""), weights) == (0.0, 0.0)
