import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.models import load
from assistant.models.judging_reader import (
    BETWEEN,
    FIRST,
    MOST_PIECES,
    MOVED,
    UNKNOWN_THERE,
    VECTORS,
    WEIGHTS,
    JudgingReader,
    attention_bias,
    joined_pieces,
    load_tokenizer,
)
from assistant.models.load import judging_reader, load_judge, load_reader
from assistant.models.weights_check import sha256_of
from assistant.settings import Settings

CUP = "The Rovers won the county cup on Sunday. They beat United 2-1 before 4,100 spectators."


@pytest.fixture(scope="module")
def reader() -> JudgingReader:
    return judging_reader()


def test_the_shipped_files_are_the_published_ones() -> None:
    assert sha256_of(WEIGHTS) == load.JUDGING_READER_SHA256
    assert sha256_of(VECTORS) == load.JUDGING_READER_VECTORS_SHA256


def test_all_shipped_weights_stay_within_ninety_megabytes() -> None:
    folder = WEIGHTS.parent
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 90_000_000


def test_altered_weights_are_refused_with_the_remedy(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = tmp_path_factory.mktemp("weights") / "judging-reader.onnx.gz"
    altered.write_bytes(WEIGHTS.read_bytes()[:-1] + b"x")
    monkeypatch.setattr("assistant.models.judging_reader.WEIGHTS", altered)
    load.judging_reader.cache_clear()
    with pytest.raises(ModelError, match="ASSISTANT_READER=none"):
        load.judging_reader()
    load.judging_reader.cache_clear()


def test_it_reads_spans_sentences_and_a_verdict(reader: JudgingReader) -> None:
    (read,) = reader.read("Who won the county cup?", [("Cup final", CUP)])
    assert "Rovers" in CUP[read.spans[0].start : read.spans[0].end]
    assert [CUP[start:end] for start, end, _ in read.sentences] == CUP.replace(". ", ".\n").split("\n")
    assert read.yes is not None
    assert 0 < sum(span.probability for span in read.spans) <= 1


def test_it_tells_what_a_text_answers_from_what_it_does_not(reader: JudgingReader) -> None:
    right, near = (
        reader.read(question, [("Cup final", CUP)])[0].answers
        for question in ("Who won the county cup?", "Who designed the new stadium of the Rovers?")
    )
    assert right > near


def test_a_judgement_is_a_distribution(reader: JudgingReader) -> None:
    judged = reader.judge(
        [("The Rovers won the cup.", "Cup final", CUP), ("The match was cancelled.", "", CUP)]
    )
    for one in judged:
        assert one.supported + one.contradicted + one.neither == pytest.approx(1)
    assert judged[0].supported > judged[1].supported


def test_a_text_gives_the_same_numbers_whatever_is_read_beside_it(reader: JudgingReader) -> None:
    alone = reader.read("Who won?", [("Cup final", CUP)])
    beside = reader.read("Who won?", [("Cup final", CUP), ("Rain", "It rained all day in the valley." * 20)])
    assert alone[0] == beside[0]


@pytest.mark.parametrize(
    ("question", "title", "text"),
    [
        ("", "", ""),
        ("?" * 4000, "x" * 4000, "y " * 20_000),
        ("من فاز؟", "عنوان", "فاز الفريق بالكأس يوم الأحد."),
        ("谁赢了？", "决赛", "漫步者队周日赢得了奖杯。" * 300),
        ("Who\x00won?", "\ud7ff", "👩‍👩‍👧‍👦 \u202e won\u2028the cup" * 50),
    ],
)
def test_any_length_and_script_is_read_without_a_crash(
    reader: JudgingReader, question: str, title: str, text: str
) -> None:
    (read,) = reader.read(question, [(title, text)])
    assert np.isfinite(read.answers)
    assert all(0 <= span.start < span.end <= len(text) for span in read.spans)
    assert np.isfinite(reader.judge([(question, title, text)])[0].supported)


def test_pieces_are_those_of_the_published_model() -> None:
    asked, title, text = load_tokenizer().encode_batch(
        ["Who won?", "News", "☃ won " * 400], add_special_tokens=False
    )
    joined = joined_pieces(asked, title, text)
    assert len(joined.ids) == MOST_PIECES
    assert joined.ids[0] == FIRST
    assert joined.ids.count(BETWEEN) == 3
    assert joined.ids[1] == asked.ids[0] + MOVED
    assert joined.ids[joined.text] == UNKNOWN_THERE


def test_the_bias_of_attention_depends_on_the_distance_alone() -> None:
    by_distance = np.arange(10, dtype=np.float32).reshape(5, 2)
    spread = attention_bias(by_distance, 4)
    assert spread.shape == (2, 4, 4)
    assert spread[0, 0, 1] == spread[0, 2, 3] == by_distance[3, 0]
    assert spread[1, 0, 3] == by_distance[4, 1]


def test_the_judge_goes_with_the_packaged_reader() -> None:
    judging = Settings(reader="judging-reader")
    assert load_judge(judging) is load_reader(judging)
    assert load_judge(Settings(reader="minilm-reader")) is None
