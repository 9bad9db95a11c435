import random

from assistant.models.embedder import PACKAGED_EMBEDDER, Embedder, packaged_embedder
from assistant.models.piece_counts import LONGEST_REMEMBERED, PieceCounts

ODD = " \n\t\r\x00\x1c\x85\xa0\u200b\u3000\ufeff\u0301\u00adaé中字→€.-'’Aß\ud7a3\U0001f600\u2028\u093e"


def test_pieces_of_words_add_up_to_those_of_the_text() -> None:
    from tokenizers import Tokenizer

    folder, digest = packaged_embedder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    chance = random.Random(20251129)
    texts = ["".join(chance.choices(ODD, k=chance.randrange(30))) for _ in range(2000)]
    texts += ["", " ", "two  words\n", "unbelievable " * 3, "x" * (2 * LONGEST_REMEMBERED), "x" * 200]
    wanted = [len(one.ids) for one in tokenizer.encode_batch(texts, add_special_tokens=False)]
    counts = PieceCounts(tokenizer)
    assert counts.count(texts) == wanted
    assert counts.count(texts[::-1]) == wanted[::-1]
    assert Embedder(PACKAGED_EMBEDDER, folder, digest).count_pieces(texts) == wanted
