"""English words that write numbers, bound them, or tell what a figure is."""

from fractions import Fraction

from assistant.text.month_names import MONTH_NUMBERS

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
BELOW_HUNDRED = SMALL | TENS
HUNDREDS = {"hundred": 100, "dozen": 12}
SCALES = {
    "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15,
}  # fmt: skip
# Written after a figure, as in "2bn"; the upper-case ones only where the figure is of money.
SCALE_MARKS = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "cr": 10**7, "b": 10**9, "bn": 10**9, "bln": 10**9,
    "tn": 10**12, "trn": 10**12, "tln": 10**12,
}  # fmt: skip
MONEY_SCALE_MARKS = {
    "K": 10**3, "M": 10**6, "MM": 10**6, "Mn": 10**6, "MN": 10**6, "B": 10**9, "Bn": 10**9, "BN": 10**9,
    "T": 10**12, "t": 10**12, "Tn": 10**12, "TN": 10**12,
}  # fmt: skip

ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
ORDINALS |= {f"{word[:-1]}ieth": value for word, value in TENS.items()} | {
    "hundredth": 100,
    "thousandth": 1000,
}
ORDINAL_ENDINGS = frozenset("st nd rd th".split())

PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "halves": 2, "thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6,
    "sevenths": 7, "eighths": 8, "ninths": 9, "tenths": 10,
}  # fmt: skip
# "a third of voters", "a third were": a part. "A third voter" is the one after the second.
AFTER_PART = frozenset(
    """of in from since compared fewer more less higher lower larger smaller bigger greater the their its his
    her that those are were have had is was do did by to on at and or as over
    """.split()
)
# "half of", "half the", and what stands before a bare "half" that is a part.
AFTER_HALF = frozenset("of the their its his her my our your all that those these this".split())
BEFORE_HALF = frozenset("by in about around almost nearly roughly over than least to".split())
# "the second half", "the last three quarters": of a match or of a year.
NOT_BEFORE_HALF = frozenset(
    """first second third fourth other latter last top bottom final opening early late better past next
    previous consecutive straight
    """.split()
)
# "a quarter century", "a quarter to six": no part of a whole.
NOT_AFTER_QUARTER = frozenset(
    "century centuries final finals finalist finalists back past hour pounder".split()
)
# "two in three days" counts days; "two in three voters" is a part.
NOT_PART_OF = frozenset(
    """second seconds minute minutes hour hours day days night nights week weeks weekend weekends month months
    year years decade decades game games match matches test tests race races season seasons innings over
    overs start starts attempt attempts meeting meetings shot shots round rounds place places city cities
    town towns country countries state states village villages attack attacks incident incidents
    """.split()
)

# What an unnamed many may be, lowest and highest, by itself or as a multiple of another.
VAGUE: dict[str, tuple[int, int]] = {
    "tens": (20, 99), "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999),
    "lakhs": (2 * 10**5, 999 * 10**5), "millions": (2 * 10**6, 999 * 10**6), "crores": (2 * 10**7, 999 * 10**7),
    "billions": (2 * 10**9, 999 * 10**9), "trillions": (2 * 10**12, 999 * 10**12),
}  # fmt: skip
# These are vague numbers only before "of": "scores of people", "tens of thousands".
ONLY_OF = frozenset(("tens", "scores"))
# "test scores of pupils", "the scores of both": scores that are figures themselves.
NOT_BEFORE_SCORES = frozenset(
    """the their his her its test exam math maths reading credit average mean final approval top low high
    higher lower with and
    """.split()
)
SEVERAL = ("several", "a few", "few", "a couple of", "a couple", "couple of", "couple", "many")
# "one" is a number before a thing counted, and a pronoun elsewhere.
NOT_AFTER_ONE = frozenset(
    """of who that which whose whom another can could must should would will may might has had is was are were
    does did do and or but to in on at for from with by as not no than because if when while where so then
    day thing way side hand moment after before until since about like more over such there here too being
    into out up off
    """.split()
)
NOT_BEFORE_ONE = frozenset(
    """no any each every some which another a an next last first such many whichever these those net ground
    number
    """.split()
)
NOT_BEFORE_ZERO = frozenset("net ground patient absolute".split())

BOUNDS: dict[str, str] = {
    "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about",
    "approx": "about", "circa": "about", "c": "about", "an estimated": "about", "estimated": "about",
    "close to": "about", "in the region of": "about", "somewhere around": "about", "just about": "about",
    "nearly": "nearly", "almost": "nearly", "just under": "nearly", "just below": "nearly",
    "just short of": "nearly", "approaching": "nearly",
    "at least": "at least", "no fewer than": "at least", "no less than": "at least", "not less than": "at least",
    "a minimum of": "at least", "as many as": "up to", "as much as": "up to", "up to": "up to", "at most": "up to",
    "no more than": "up to", "not more than": "up to", "a maximum of": "up to", "as high as": "up to",
    "as few as": "", "as little as": "", "only": "", "just": "", "exactly": "", "a mere": "", "a total of": "",
    "more than": "more than", "over": "more than", "above": "more than", "in excess of": "more than",
    "upwards of": "more than", "upward of": "more than", "north of": "more than", "exceeding": "more than",
    "just over": "more than", "well over": "more than", "just above": "more than", "greater than": "more than",
    "less than": "less than", "fewer than": "less than", "under": "less than", "below": "less than",
    "well under": "less than",
}  # fmt: skip
BOUNDS_AFTER: dict[str, str] = {
    "or more": "at least", "or so": "about", "or fewer": "up to", "or less": "up to", "or older": "at least",
    "or younger": "up to", "and over": "at least", "and above": "at least", "and under": "up to",
    "plus": "at least", "odd": "about",
}  # fmt: skip

# "three times as many", "1.5 times higher": a multiple.
TIMES_WORDS = frozenset("as more higher larger bigger greater faster likelier longer stronger the".split())

BEFORE_YEAR = frozenset("in since during until till by from to of the a an before after for this".split())
TIME_ZONES = frozenset("gmt utc bst est edt cst cdt mst mdt pst pdt cet cest ist hrs".split())
# Nouns in the plural that do not end in s, and words in s that are no nouns.
PLURALS = frozenset("people men women children police cattle sheep fish feet".split())
NOT_PLURALS = frozenset(
    """is was has does his its us this thus as plus perhaps towards afterwards says was across unless besides
    yes versus sometimes always whereas gas bus class process business
    """.split()
)
# Lower-case words whose figure is a label: "page 5", "chapter 11".
LABELS = frozenset(
    """number no nos page pages chapter article section paragraph clause row room flight route grade level
    phase stage episode season part figure table version gate platform channel round week day game year
    class category tier type
    """.split()
)
# Capitalised words that only begin a sentence, so that the figure after them counts: "Only 5 came".
OPENERS = frozenset(MONTH_NUMBERS) | frozenset(
    """a about above after again aged ages all almost also altogether among an and another approximately are
    around as at barely because before being below besides between beyond both but by can despite during
    each either even ever every exactly except exceeding following for fewer from further had half has have
    he her his how however i if in including into is it its just last less like many maybe me more moreover
    most my near nearly no nor not now of off on once only or other others our out over past per perhaps
    plus roughly said says she since so some still such than that the their them then there these they this
    those though through thus to together today tomorrow tonight total toward towards under until up upon
    was we were what when where whether which while who whose why will with within without yesterday yet you
    your monday tuesday wednesday thursday friday saturday sunday combined estimated additionally meanwhile
    overall
    """.split()
)
# Words near "2-1" that make it a score, a vote or a record and no range.
SCORE_WORDS = frozenset(
    """win wins won winning winner winners beat beats beaten beating lose loses lost losing loss losses defeat
    defeats defeated draw draws drew drawn victory victories lead leads led leading trail trails trailed
    trailing score scores scored scoring scoreline triumph triumphed thrash thrashed thrashing edge edged
    rout routed aggregate ruling ruled vote votes voted voting majority record series tie tied set sets
    penalties shootout upset overcame downed swept decision against nil
    """.split()
)

VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip

# The words that a number may begin with; no other does.
BEGINNINGS = frozenset(
    (*SMALL, *TENS, *HUNDREDS, *SCALES, *ORDINALS, *VAGUE, "a", "an", "half", "quarter")
) | {phrase.split()[0] for phrase in SEVERAL}

# The words that are numbers wherever they stand.
NUMBER_WORDS = frozenset((*SMALL, *TENS, *HUNDREDS, *SCALES, *(one for one in VAGUE if one not in ONLY_OF)))
