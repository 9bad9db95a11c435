"""Words for what figures count: people, measures, and what may befall people."""

from __future__ import annotations

# What may befall those who are counted, as regex alternatives.
OUTCOMES = {
    "safe": r"unharmed|unhurt|safe|rescued|accounted for|turned up|freed|survived|survivors?|found alive",
    "missing": r"missing|unaccounted|cannot be found|disappeared|lost contact",
    "ill": r"sick(?! (?:leave|days?|pay)\b)(?:ened|ening)?|ill(?!-)|illness(?:es)?|infect(?:ed|ions?)",
    "hurt": r"wounded|wounding|wounds|injur(?:ed|ing|ies|y)|hurt",
    "dead": (
        r"kill(?:s|ed|ing)?|dead|deaths?(?! (?:penalt|row|sentence|certificate|threat))|die[sd]?|dying"
        r"|fatal(?:ly|ities|ity)?|perish(?:ed)?|slain|massacred?|toll|murdered|executed|neutrali[sz]ed"
        r"|(?:los(?:t|e|es|ing)|cost(?:s|ing)?|claim(?:s|ed|ing)?|took) (?:[\w’'-]+ ){0,4}?(?:lives|life)"
    ),
    "taken": (
        r"kidnapp?(?:ed|ing)|abduct(?:ed|ions?)|hostages?|seiz(?:ed|ing)|captured|detained|arrest(?:ed|s)"
        r"|carried off"
    ),
    "uprooted": r"displaced|fled|flee|uprooted|refugees?|left their homes",
}
# What befalls people by words that say something else of anything but people: "lost 25 contracts".
OUTCOMES_OF_PEOPLE = {
    "dead": r"los(?:t|e|es|ing)(?! (?:their|his|her|its|touch|track|sight|weight)\b)|lives|cost(?:s|ing)?",
    "safe": r"released",
}
# Words for those who are counted that stand for one another.
GROUPS_OF_PEOPLE = (
    "soldiers troops servicemen personnel gendarmes members men",
    "militants insurgents jihadists fighters attackers assailants gunmen terrorists rebels extremists members",
    "civilians villagers residents bystanders",
    "people persons lives victims dead casualties men women",
    "police policemen officers",
    "children boys girls pupils students",
)
# Those who may be of any of the groups; soldiers are no insurgents.
ANY_PEOPLE = "members men women"
# Lengths of time: what a figure counts like a measure, though it is written like a thing counted.
LENGTHS_OF_TIME = "second minute hour day week month year decade century centuries"
