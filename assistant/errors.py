"""What can go wrong, each with one line that says what, why and the remedy.

::

    AssistantError
    ├── SettingsError          a setting, flag or environment variable has an impossible value
    ├── QuestionError          the question is empty, too long, or its filters are impossible
    ├── QuestionSetError       a question set or a report cannot be read
    ├── SourceError            a source to ingest does not exist or cannot be read at all
    ├── ModelError             a model is missing, altered or cannot be loaded
    ├── WorkspaceError         what users keep, conversations and watches, cannot be read or written
    │   ├── UnknownConversation   the user has none of that id
    │   ├── UnknownWatch          nothing is watched under that id
    │   └── ConversationChanged   it was continued elsewhere meanwhile
    └── StoreError               something is wrong with the index
        ├── IndexMissing       there is none where it was looked for
        ├── IndexLocked        another process is writing to it
        ├── IndexDamaged       its files do not hold what they should
        ├── ModelMismatch      it was built with another embedding model
        └── UnknownArticle     it holds no article of that id
"""


class AssistantError(Exception):
    """The base of every error that the assistant raises on purpose."""


class SettingsError(AssistantError):
    """A setting, flag or environment variable has an impossible value."""


class QuestionError(AssistantError):
    """The question is empty, too long, or its filters are impossible."""


class QuestionSetError(AssistantError):
    """A question set or a report cannot be read."""


class SourceError(AssistantError):
    """A source to ingest does not exist or cannot be read at all."""


class ModelError(AssistantError):
    """A model is missing, altered or cannot be loaded."""


class WorkspaceError(AssistantError):
    """What users keep, conversations and watches, cannot be read or written."""


class UnknownConversation(WorkspaceError):
    """The user has no conversation of that id."""


class UnknownWatch(WorkspaceError):
    """Nothing is watched under that id."""


class ConversationChanged(WorkspaceError):
    """The conversation was continued elsewhere, as in another tab, since it was opened."""


class StoreError(AssistantError):
    """Something is wrong with the index."""


class IndexMissing(StoreError):
    """There is no index where it was looked for."""


class IndexLocked(StoreError):
    """Another process is writing to the index."""


class IndexDamaged(StoreError):
    """The files of the index do not hold what they should."""


class CacheError(StoreError):
    """What was computed from the articles can be neither read nor kept; it can be computed anew."""


class ModelMismatch(StoreError):
    """The index was built with another embedding model."""


class UnknownArticle(StoreError):
    """The index holds no article of that id."""
