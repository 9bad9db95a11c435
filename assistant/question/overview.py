"""Questions that want events in order of time: "What happened in May?", "Which attacks has the group claimed?"."""

from __future__ import annotations

import re

_EVENTS = (
    r"(?:attacks|raids|events|incidents|assaults|strikes|protests|elections|coups|killings|massacres|bombings|clashes"
    r"|kidnappings|abductions|agreements|operations|explosions|battles|meetings|visits|trips|disasters|accidents)"
)
_EVENT_VERB = r"(?:\w+(?:ed|s)|led|made|began|are|were|did|do|have|had)"
HAPPENED = r"(?:happened|occurred|took\s+place|taken\s+place|happening)"
OVERVIEW = re.compile(
    rf"^\W*(?:and\s+)?(?:what\s+(?:(?:has|have|had|all|else|was|were|is)\s+){{0,2}}(?:been\s+)?{HAPPENED}(?!\s+(?:to|with)\b)"
    r"|what\s+(?:were|are)\s+the\s+(?:[\w-]+\s+){0,2}(?:developments|events)\b"
    rf"|(?:which|what)\s+(?:(?!{_EVENT_VERB}\b)[\w-]+\s+)?(?P<events>{_EVENTS})\b"
    r"|(?:(?:give|show|tell|write|draw)\s+(?:me\s+|us\s+)?)?(?:an?\s+|the\s+)?(?:short\s+)?(?:timeline|chronology)\b"
    rf"|(?:list|name|show|give)\s+(?:me\s+|us\s+)?(?:all\s+)?(?:the\s+)?(?:\w+\s+)?(?P<listed>{_EVENTS})\b)",
    re.I,
)


def asks_for_events(question: str) -> bool:
    """Return True when a question wants events in order of time and not one fact."""
    return OVERVIEW.match(question) is not None
