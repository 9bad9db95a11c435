"""Forms of verbs that open a question, or tell the time of what a sentence reports."""

from __future__ import annotations

# Forms of "be", "do" and "have" with which a question may open, as regex alternatives.
BE_DO_HAVE = "is|are|was|were|do|does|did|has|have|had"
# What makes a verb speak of the future.
AHEAD = (
    r"will|won[’']t|shall|[a-z]+[’']ll|(?:is|are|am|[’']re|[’']s) going to"
    r"|(?:is|are|be) (?:currently |now |also )?"
    r"(?:set|due|scheduled|slated|expected|poised|projected|planned|likely|supposed)(?: to| for)?"
    r"|(?<!was )(?<!were )(?<!been )(?:set|scheduled|slated|expected|poised|projected|planned|likely) (?:to|for)"
    r"|(?:is|are) (?:not )?to|plan(?:s|ning)? (?:to|on)|(?:aims?|hop(?:es?|ing)|intends?|prepar(?:es?|ing)|vows?"
    r"|promises?) to|upcoming|ahead of"
)
# Simple presents that stand for a timetable: "polls open Tuesday".
PLANNED_PRESENT = (
    "begins?|starts?|opens?|closes?|ends?|resumes?|returns?|launch(?:es)?|arrives?|departs?|kicks? off|takes? place"
    "|hosts?|faces?|plays?|meets?|votes?|convenes?|airs?|premieres?|debuts?|expires?|takes? effect|heads?|travels?"
    "|holds?|goes|go|visits?|runs?|comes? out"
)
# Irregular pasts and past auxiliaries; regular ones end in "ed".
PAST = (
    "was|were|had|did|said|told|came|went|took|made|gave|got|began|became|held|led|left|lost|met|paid|ran|sent|sold"
    "|spoke|stood|won|wrote|fell|found|broke|brought|built|bought|caught|chose|cut|drew|drove|ate|felt|fought|flew|grew"
    "|hit|kept|knew|laid|lay|let|put|quit|read|rose|saw|set|shot|shut|slid|spent|split|spread|struck|swept|swore|taught"
    "|thought|threw|woke|wore|has been|have been|has|have|been|beat|bled|burst|cast|cost|dealt|died|hurt|shook|sank"
    "|sought|stole|sued|tore|beaten|known|seen|taken|given|shown|born|following|after"
)
# What makes a deed a plan, an intention or a possibility besides ``AHEAD``, also in reported speech.
INTENDED = (
    r"would|(?:was|were) (?:not )?(?:to|due to|meant to)|(?:plann|propos|intend|hop|expect|aim|promis|threaten|vow"
    r"|want|agre|decid|prepar)(?:ed|ing) (?:to|on)|(?:wants?|threatens?|proposes?|decides?) to"
    r"|(?:is|are|was|were) (?:considering|thinking (?:of|about))|considers?|(?-i:may|might|could)"
)
