"""Words that tell what a name stands for: a person, a place or a group."""

from __future__ import annotations

# Last words of the names of groups, in lower case.
GROUP_ENDINGS = frozenset(
    """academy administration agency alliance army assembly association authority bank board brigade bureau church
    club coalition college commission committee company conference congress corp corporation council court
    department directorate federation force forces foundation front government group guard hospital inc
    institute institution journal laboratory league ltd media ministry mission mosque movement network news
    office orchestra organisation organization parliament party police post press senate service society
    study team times tribune tribunal union university volunteers""".split()
)
# Last or first words of the names of places.
PLACE_ENDINGS = frozenset(
    """airport avenue bay beach bridge canyon city coast county desert district forest harbor harbour heights hill
    hills island islands lake mountain mountains notch ocean park peninsula port province region republic
    river road sea square state states strait street territory town valley village""".split()
)
PLACE_BEGINNINGS = frozenset(
    "lake mount port fort cape north south east west northern southern eastern western new san santa".split()
)
# Titles that stand before persons, and roles that do.
TITLES = frozenset(
    """mr mrs ms miss dr sir lady lord prof professor judge justice senator sen rep gov governor mayor president
    chancellor minister premier king queen prince princess pope captain colonel col general gen lieutenant
    lt major sergeant sgt chief chairman chairwoman director coach author actor actress singer spokesman
    spokeswoman spokesperson secretary ambassador congressman congresswoman speaker detective officer
    sheriff lawyer attorney manager founder analyst superintendent rev father sister brother""".split()
)
# Prepositions that stand before places.
PLACING = "in at near around outside inside across throughout towards toward"
# Verbs that persons are the subject of, and that name no group's or place's doing alone.
PERSONAL_VERBS = (
    "who|whose|said he|said she|died|was born|married|smiled|thinks|believes|wrote|tweeted|recalled|joked"
    "|laughed"
)
