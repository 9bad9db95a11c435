"""The conversation of one page: its answers, and where they are kept so that they can be opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import Answer, Assistant, UnknownArticle
from assistant.errors import ConversationChanged, UnknownConversation, WorkspaceError
from assistant.interfaces.web.drawn import Drawn
from assistant.types import Article
from assistant.workspace.conversations import MOST_TURNS, Conversations, KeptConversation
from assistant.workspace.stored_answers import ArticleOf, Lost, lost_sources

KEPT_ANSWERS = 50

_COPIED = "This conversation was continued in another tab; what you see here is kept as a copy of its own."
_DELETED_REMARK = "This conversation was deleted elsewhere; it is kept anew from this question on."


@dataclass(frozen=True, slots=True)
class Shelf:
    """One user, and where conversations are kept, if they are."""

    conversations: Conversations | None
    user: str


class Conversation:
    """The answers that a page shows, oldest first; kept on the server, so that no client can forge them.

    ``earlier`` turns are kept and not shown. ``editing`` is the place of the question that is being edited,
    ``lost`` the cited articles, as (id, SHA-256), that changed or went, ``remark`` what the reader should know,
    ``shared`` the places of answers that other users may open.
    """

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.user: str | None = None
        self.id: str | None = None
        self.version = 0
        self.earlier = 0
        self.editing: int | None = None
        self.lost: dict[tuple[str, str], Lost] = {}
        self.remark = ""
        self.shared: frozenset[int] = frozenset()
        self._drawn: Drawn | None = None

    def begin(self) -> None:
        """Stop what is awaited and begin anew; what was kept stays where it is kept."""
        self.stop()
        self._show((), None, 0)

    def belong_to(self, user: str) -> None:
        """Begin anew where another user comes to the page."""
        if self.user not in {None, user}:
            self.begin()
        self.user = user

    def show(self, kept: KeptConversation, user: str, lost: dict[tuple[str, str], Lost]) -> None:
        """Stop what is awaited and show a conversation as it is kept, the last ``KEPT_ANSWERS`` of it."""
        self.stop()
        self._show(kept.answers, kept.id, kept.version)
        self.user, self.lost, self.shared = user, lost, kept.shared

    def edit(self, place: int) -> str:
        """Let the next question take the place of one that is shown, and return that; any other place: none."""
        known = 0 <= place < len(self.answers)
        self.editing = place if known else None
        return self.answers[place].question if known else ""

    def place(self, before: Sequence[Answer], answer: Answer) -> None:
        """Put an answer after those before it; the oldest of more than ``KEPT_ANSWERS`` is no longer shown."""
        placed = [*before, answer]
        self.answers = placed[-KEPT_ANSWERS:]
        self.earlier += len(placed) - len(self.answers)
        self.editing = None
        self.remark = ""

    def keep(self, shelf: Shelf) -> None:
        """Keep the last answer; ``remark`` says what stood in the way.

        A greeting is kept with the first question that follows it.
        """
        asked = any(one.outcome != "courtesy" for one in self.answers)
        if shelf.conversations is None or not (asked or self.id):
            return
        try:
            self._keep(shelf.conversations, shelf.user)
        except WorkspaceError as error:
            self.remark = f"This answer is not kept: {error}"

    def share(self, shelf: Shelf, place: int, *, shared: bool) -> None:
        """Let other users open the answer at a place of what is kept, or no longer.

        Raises:
            WorkspaceError: it cannot be, or there is no such answer.
        """
        if shelf.conversations is None or self.id is None:
            raise WorkspaceError("this conversation is not kept, so that no link leads to it")
        shelf.conversations.share(shelf.user, self.id, place, shared=shared)
        self.shared = self.shared | {place} if shared else self.shared - {place}

    @property
    def full(self) -> bool:
        """Whether no further question is kept."""
        return self.earlier + len(self.answers) >= MOST_TURNS

    def await_answer(self, drawn: Drawn) -> Drawn:
        """Stop what was awaited before, and await this instead."""
        self.stop()
        self._drawn = drawn
        return drawn

    def stop(self) -> None:
        """Stop the answer that is awaited, if any."""
        if self._drawn is not None:
            self._drawn.stop()

    def _keep(self, kept: Conversations, user: str) -> None:
        last = self.earlier + len(self.answers) - 1
        try:
            if self.id is not None:
                self.version = kept.put(user, self.id, self.version, last, self.answers[-1])
                self.shared = frozenset(place for place in self.shared if place < last)
                return
        except ConversationChanged:
            self.remark = _COPIED
        except UnknownConversation:
            self.remark = _DELETED_REMARK
            self.answers = self.answers[-1:]
        self.id, self.earlier, self.shared = None, 0, frozenset()
        begun = kept.create(user, self.answers)
        self.id, self.version = begun.id, begun.version

    def _show(self, answers: Sequence[Answer], name: str | None, version: int) -> None:
        self.answers = list(answers[-KEPT_ANSWERS:])
        self.earlier = len(answers) - len(self.answers)
        self.id, self.version = name, version
        self.editing, self.lost, self.remark, self.shared = None, {}, "", frozenset()


def opened(
    shelf: Shelf, name: str, assistant: Assistant
) -> tuple[KeptConversation, dict[tuple[str, str], Lost]]:
    """Return a kept conversation, and which of its sources changed or went since.

    Raises:
        UnknownConversation: the user has none of that id.
        WorkspaceError: it cannot be read.
    """
    if shelf.conversations is None:
        raise WorkspaceError("conversations are not kept here")
    kept = shelf.conversations.open(shelf.user, name, articles_of(assistant))
    return kept, lost_sources(kept.answers[-KEPT_ANSWERS:], assistant.index.hashes())


def articles_of(assistant: Assistant) -> ArticleOf:
    """Return what finds an article as the index has it now, each looked up once."""
    known: dict[str, Article | None] = {}

    def article_of(article: str) -> Article | None:
        if article not in known:
            try:
                known[article] = assistant.article(article)
            except UnknownArticle:
                known[article] = None
        return known[article]

    return article_of
