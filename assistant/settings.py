"""One frozen ``Settings``; the sole reader of the environment, and the one place of every default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_serializer
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from assistant.redaction import without_password

POSTGRESQL = ("postgresql://", "postgres://")
# a comma within an address is none between names
_BETWEEN_MODELS = re.compile(r",(?=\s|https?://|[\w-]+:|$)")


def _folder_or_address(value: object) -> object:
    """Keep the address of a database as it is written; everything else is a folder."""
    return Path(value) if isinstance(value, str) and not value.startswith(POSTGRESQL) else value


class Settings(BaseSettings):
    """How the assistant works. Each field is read from ``ASSISTANT_<FIELD>`` unless given.

    Raises:
        SettingsError: a field is unknown or its value is impossible.
    """

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", frozen=True, extra="forbid", validate_default=True
    )

    index: Annotated[Path | str, BeforeValidator(_folder_or_address)] = Field(
        Path("index"),
        repr=False,
        description="Folder of the index, or address of a PostgreSQL database: postgresql://USER@HOST/DATABASE.",
    )
    embedder: str = Field(
        "all-MiniLM-L6-v2",
        min_length=1,
        description="Embedding model: the packaged all-MiniLM-L6-v2, or any sentence-transformers id or path.",
    )
    reader: str = Field(
        "judging-reader",
        min_length=1,
        description="Reader that finds the words that answer: the packaged judging-reader (it also judges whether "
        "they do), the packaged minilm-reader (three times as fast), the id or path of any extractive "
        "question-answering model, or "
        "`none`: sentences are ranked by their words and vectors alone.",
    )
    reranker: str | None = Field(
        None,
        min_length=1,
        description="Model that ranks the passages anew: the id or path of any sentence-transformers "
        "cross-encoder; none: the ranking of the search stays.",
    )
    chroma_url: str | None = Field(
        None,
        repr=False,
        description="Address of a Chroma server for the vectors; none: in the index folder.",
    )
    exact_passages: int = Field(
        5000,
        ge=0,
        description="Passages, of a small index or new since the last vector index, searched exactly.",
    )
    chat_model: str | None = Field(
        None,
        repr=False,
        description="Chat model that writes the answers: a LangChain name (`ollama:…`, `openai:…`, `anthropic:…`) "
        "or the address of an OpenAI-compatible server with `#MODEL`; none: the built-in answerer. Of several, "
        "with commas between, the first writes; the web chat asks again with another.",
    )
    chat_seconds: float = Field(
        60.0, gt=0, description="Time after which a chat model is given up and the built-in answer stays."
    )
    chat_tokens: int = Field(
        6000,
        ge=100,
        description="Most tokens of the passages that a chat model is given; a small one is given a sixth of them.",
    )
    chat_contract: Literal["auto", "json", "sentences"] = Field(
        "auto",
        description="What a chat model is asked for: JSON lines with the words that each sentence rests on, or "
        "sentences with markers, which small models can do; auto: by what its name says of its size.",
    )
    chat_steps: int = Field(
        4,
        ge=0,
        le=20,
        description="Most look-ups that a chat model may plan; 0: the searches are chosen by rules.",
    )
    chat_second_look: bool = Field(
        True,
        description="Whether the chat model is shown its statements beside their quotes once more, alone, and "
        "corrects those that differ.",
    )
    chat_answer_tokens: int = Field(
        3000, ge=20, description="Most tokens that a chat model writes, reasoning included."
    )
    passage_pieces: int = Field(200, ge=32, le=480, description="Most word pieces of a passage's own text.")
    overlap_pieces: int = Field(
        30, ge=0, le=200, description="Most word pieces that a passage repeats of the one before it."
    )
    names_file: Path | None = Field(
        None, description="Names of your own: a name and its variants to a line, semicolons between."
    )
    candidates: int = Field(
        100, ge=1, le=1000, description="Passages that each retriever proposes before fusion."
    )
    hits: int = Field(10, ge=1, le=100, description="Passages that are read for an answer.")
    reread: int = Field(
        20,
        ge=0,
        le=100,
        description="Leading passages that the reader ranks anew, for an answer and where a search asks for it.",
    )
    hits_per_article: int = Field(3, ge=1, le=100, description="Most passages of one article among the hits.")
    database_seconds: float = Field(
        30.0,
        gt=0,
        description="Time after which the database gives up a search or another look-up of a question.",
    )
    worker_lease_seconds: float = Field(
        60.0, gt=0, description="Time after which the job of a worker that is not heard of is taken over."
    )
    near_duplicate_similarity: float = Field(
        0.6, gt=0, le=1, description="Shared share of word sequences from which two articles are one source."
    )
    answer_threshold: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Confidence below which an answer in few words is withheld, and .875 of it for others; "
        "none: the one that was fitted with the reader.",
    )
    short_answer_threshold: float = Field(
        0.6, ge=0, le=1, description="Probability of being right below which no short answer is shown."
    )
    answer_precision: float | None = Field(
        None,
        gt=0,
        lt=1,
        description="Share of answers that should be right, as measured with the packaged reader on questions kept "
        "for that: it then sets `answer_threshold`.",
    )
    answer_words: int = Field(80, ge=20, le=400, description="Most words of an answer.")
    answer_events: int = Field(
        8, ge=2, le=100, description="Most events of an answer that tells what happened, in order of time."
    )
    answer_seconds: float = Field(
        120.0, gt=0, description="Time after which the web chat and the servers give up on an answer."
    )
    serve_token: SecretStr | None = Field(
        None,
        repr=False,
        description="Token that clients of `serve` and `mcp --http` must send; none: only on loopback.",
    )
    serve_token_file: Path | None = Field(
        None, description="File that holds this token, instead of the environment."
    )
    client_seconds: float = Field(
        10.0,
        gt=0,
        description="Time after which the servers hang up on a client that is silent or does not read.",
    )
    question_characters: int = Field(4000, ge=1, le=100_000, description="Longest question that is accepted.")
    parse_seconds: float = Field(
        8.0, gt=0, description="Time that reading one article may take before it is given up."
    )
    convert_seconds: float = Field(
        60.0, gt=0, description="Time that LibreOffice may take to convert an old Word file."
    )
    parse_memory_bytes: int = Field(
        1_000_000_000, ge=200_000_000, description="Memory that the parsing process may take."
    )
    article_bytes: int = Field(
        20_000_000, ge=1000, description="Largest single article that is read, decompressed."
    )
    download_bytes: int = Field(20_000_000, ge=1000, description="Largest download that is accepted.")
    upload_bytes: int = Field(50_000_000, ge=1000, description="Largest file that is taken in the web chat.")
    web_users: Path | None = Field(
        None,
        description="File of users who may sign in to the web chat, as `assistant password` writes it; "
        "none: nobody signs in, and the chat is served on loopback only.",
    )
    web_user_header: str | None = Field(
        None,
        min_length=1,
        description="Header in which a proxy names the user whom it has signed in, as `X-Forwarded-User`.",
    )
    web_proxies: str = Field(
        "127.0.0.1,::1",
        description="Addresses or networks of the proxies whose header is believed, with commas between.",
    )
    web_editors: str = Field(
        "",
        description="Users who may add and remove articles in the web chat, with commas between; where nobody "
        "signs in, everybody may.",
    )
    keep_conversations: bool = Field(
        True, description="Whether the web chat keeps conversations, so that they can be opened again."
    )
    workspace: Path | None = Field(
        None,
        description="Folder of what users keep, conversations and watches; none: the folder or database of the "
        "index.",
    )
    watch_seconds: float = Field(
        900.0,
        ge=0,
        description="Time between two looks of the web chat at what is watched; 0: it never looks.",
    )
    allow_private_addresses: bool = Field(
        False, description="Whether URLs on private, loopback or metadata addresses may be fetched."
    )

    @property
    def index_is_address(self) -> bool:
        """Whether the index is in PostgreSQL, not in a folder."""
        return isinstance(self.index, str)

    @property
    def chat_models(self) -> tuple[str, ...]:
        """The names of the chat models, the default first."""
        return tuple(name for part in _BETWEEN_MODELS.split(self.chat_model or "") if (name := part.strip()))

    @field_serializer("index", when_used="json")
    def _index_for_reports(self, value: Path | str) -> str:
        return without_password(str(value))

    @field_serializer("chroma_url", "chat_model", when_used="json")
    def _for_reports(self, value: str | None) -> str | None:
        return value and without_password(value)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else "settings"
            known = type(self).model_fields.get(name)
            shown = known is not None and known.repr  # an unknown one may be a secret's name, misspelt
            given = f"; got {first.get('input')!r}" if shown else ""
            raise SettingsError(f"setting {name} (ASSISTANT_{name.upper()}): {first['msg']}{given}") from None
