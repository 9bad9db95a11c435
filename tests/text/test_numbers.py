"""The number reader: values, units, spans; equal in each spelling, unequal where the value or the unit is."""

import itertools
import time
import timeit
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.numbers import Number, find_numbers, missing_numbers, number_key, rounds_to, same_quantity

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
MARKS = {
    10**12: ("tn", " tn", "trn", "-trillion", " trillion", " Trillion", "\u00a0trillion"),
    10**9: ("bn", " bn", "bln", "-billion", " billion", " Billion", "\u00a0billion"),
    10**6: ("m", "mn", " mn", "mln", "-million", " million", " Million", "\u00a0million"),
    1000: ("k", " thousand", "-thousand", "\u00a0thousand"),
}
BEFORE = {
    "USD": ("$", "$ ", "US$", "$US", "USD ", "USD", "USD\u00a0"),
    "GBP": ("£", "£ ", "£\u00a0", "GBP ", "GBP", "GBP\u00a0"),
    "EUR": ("€", "€ ", "€\u00a0", "EUR ", "EUR", "EUR\u00a0"),
}
AFTER = {
    "USD": (" dollars", "-dollar", " US dollars", " U.S. dollars", " USD", " bucks", "\u00a0dollars"),
    "GBP": (" pounds sterling", " British pounds", " GBP", "\u00a0GBP", " sterling"),
    "EUR": (" euros", "-euro", " €", "€", " EUR", "\u00a0euros"),
    "km": ("km", " km", " kilometres", " kilometers", "-kilometre", "\u00a0km"),
    "°C": ("°C", " °C", "C", " degrees Celsius", " degrees C", "\u00a0°C"),
    "%": ("%", " %", " per cent", " percent", " per\u00a0cent", "pc", " pct"),
}


def in_words(value: int, *, joint: str = " and ", hyphen: str = "-") -> str:
    """Write a whole number below a quadrillion in words."""
    if value < 20:
        return ONES[value]
    if value < 100:
        tens = TENS[value // 10 - 2]
        return f"{tens}{hyphen}{ONES[value % 10]}" if value % 10 else tens
    if value < 1000:
        rest = f"{joint}{in_words(value % 100, joint=joint, hyphen=hyphen)}" if value % 100 else ""
        return f"{ONES[value // 100]} hundred{rest}"
    scale, name = next(one for one in SCALES if value >= one[0])
    rest = value % scale
    link = joint if 0 < rest < 100 else " "
    tail = f"{link}{in_words(rest, joint=joint, hyphen=hyphen)}" if rest else ""
    return f"{in_words(value // scale, joint=joint, hyphen=hyphen)} {name}{tail}"


def decimal(value: Fraction) -> str | None:
    """Write a value with up to four decimals; None where it has more."""
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return text if Fraction(text) == value else None


def bare_spellings(value: int) -> set[str]:
    """Spellings of a whole number, without a unit."""
    found = {f"{value:,}"}
    found |= {f"{value:,}".replace(",", space) for space in ("\u00a0", "\u202f", "\u2009", " ", "’")}
    found |= {f"{value:,}.0", f"{value:,}.00"}
    if value > 2100 or value < 1500:
        found |= {str(value), f"{value}.00"}
    words = {
        in_words(value),
        in_words(value, joint=" "),
        in_words(value, hyphen=" "),
        in_words(value).upper(),
    }
    found |= words | {word.capitalize() for word in words}
    for scale, name in SCALES:
        if value < scale:
            continue
        for points in {decimal(Fraction(value, scale))} - {None}:
            pointed = points if "." in points else f"{points}.0"
            found |= {f"{one}{mark}" for mark in MARKS[scale] for one in (points, pointed, f"{pointed}0")}
        if value % scale == 0 and value // scale < 1000:
            found |= {f"{in_words(value // scale)} {name}", f"{in_words(value // scale)}-{name}"}
        if 2 * value % (2 * scale) == scale and value // scale < 1000:
            found |= {f"{in_words(value // scale)} and a half {name}", f"{value // scale}½ {name}"}
            found.add(f"{value // scale} and a half {name}")
        if value == scale:
            found |= {f"a {name}", f"one {name}"}
        if 2 * value == scale:
            found |= {f"half a {name}", f"half-{name}"}
    return found


def spellings(value: int, unit: str) -> list[str]:
    """Spellings of a value with its unit; "5m" of kilometres would be metres."""
    bare = bare_spellings(value)
    after = {
        f"{one}{ending}"
        for one in bare
        for ending in AFTER[unit]
        if (unit in BEFORE or not one.endswith("m")) and (one[-1].isdigit() or not ending[0].isalpha())
    }
    before = {f"{sign}{one}" for sign in BEFORE.get(unit, ()) for one in bare if one[0].isdigit()}
    return sorted(after | before)


def only(text: str) -> Number:
    (found,) = find_numbers(text)
    return found


SCALED = st.builds(
    lambda digits, scale, half: (2 * digits + half) * scale // 2,
    st.integers(1, 999),
    st.sampled_from([1000, 10**6, 10**9, 10**12]),
    st.integers(0, 1),
)


@settings(max_examples=10, deadline=None)
@given(SCALED, st.sampled_from(sorted(BEFORE)))
def test_two_hundred_spellings_of_an_amount_are_one(value: int, unit: str) -> None:
    written = spellings(value, unit)
    assert len(written) >= 200
    first = only(written[0])
    for one in written:
        text = f"It cost {one} in all."
        found = only(text)
        assert text[found.start : found.end] == one
        assert (found.low, found.high, found.kind, found.unit) == (value, value, "currency", unit), one
        assert same_quantity(first, found)
        assert number_key(text) == number_key(written[0])


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 10**6 - 1), st.sampled_from(["km", "°C", "%"]))
def test_spellings_of_measures_and_percentages_are_one(value: int, unit: str) -> None:
    for one in spellings(value, unit):
        text = f"It rose to {one}, they said."
        found = only(text)
        assert text[found.start : found.end] == one
        assert (found.low, found.unit) == (value, unit), one


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 10**15 - 1).filter(lambda value: not 1500 <= value <= 2100))
def test_numbers_in_words_and_digits_are_one(value: int) -> None:
    for one in bare_spellings(value) - {str(value) if value > 10**30 else ""}:
        if one.endswith("m"):
            continue
        text = f"They counted {one} voters."
        found = only(text)
        assert text[found.start : found.end] == one
        assert (found.low, found.kind, found.unit) == (value, "count", "")


@settings(max_examples=20, deadline=None)
@given(st.sets(st.tuples(SCALED, st.sampled_from(sorted(AFTER))), min_size=2, max_size=6), st.randoms())
def test_different_values_never_agree(amounts: set[tuple[int, str]], random: object) -> None:
    read = [
        [only(f"It was {one} then.") for one in random.sample(spellings(*amount), 5)]  # type: ignore[attr-defined]
        for amount in sorted(amounts)
    ]
    for one, other in itertools.combinations(read, 2):
        assert not any(
            same_quantity(*pair) or same_quantity(*pair[::-1]) for pair in itertools.product(one, other)
        )


PIECES = st.sampled_from(
    [
        *"""$ £ € % ° -3 – — to and or of between a half one two third hundred million bn m k 5 2,5 1 300 2-1 5:30pm
        17/09/2024 1½ ½ iPhone No. Covid-19 1990s 2024 per cent points May 's “ ” ( ) + minus x 3/4 in five dozens
        tens several US$ pounds kilometres per hour C about at least 0 000 1e9 ٣ ³ 一 😀""".split(),
        *("\n", "\n\n", "\u00a0", "\u202f", "\u2009"),
    ]
)


@settings(deadline=None, max_examples=200)
@given(
    st.text(max_size=300)
    | st.lists(PIECES, max_size=40).map(" ".join)
    | st.lists(PIECES, max_size=40).map("".join)
)
def test_any_text_is_read_with_exact_sorted_spans(text: str) -> None:
    end = 0
    for one in find_numbers(text):
        assert end <= one.start < one.end <= len(text)
        assert one.lead <= one.start and one.low <= one.high
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        end = one.end
        assert same_quantity(one, one)
    assert missing_numbers(find_numbers(text), find_numbers(text)) == []


def cpu_seconds(text: str, readings: int = 5) -> float:
    """The least of some readings, each of another text, since one read before is remembered.

    The collector of garbage rests, as it does under ``timeit``: it would go through what other tests left.
    """
    others = itertools.count()
    taken = timeit.repeat(
        lambda: find_numbers(f"{text}{next(others)}"), timer=time.process_time, repeat=readings, number=1
    )
    return min(taken)


def test_ten_thousand_characters_of_news_take_less_than_fifty_milliseconds() -> None:
    piece = "The firm sold 1,200 cars for $2bn, up 4.5 per cent from 2019, said one of its two chiefs. "
    assert cpu_seconds((piece * 200)[:10_000], readings=40) < 0.05


@pytest.mark.parametrize(
    "piece",
    [
        "five hundred and ", "1 000 ", "9", "1-", "half a ", "two and a half million ", "between 1 and 2 ", "$",
        "-",
        "1/2 ", "5:30", "tens of thousands of ", "about ", "hundred thousand million ", "no fewer than 5 ", "a",
        "1.2.", "2-1, ", "to 5 ", "one in ", "5 million-", "1 or ", "(555) ", "U.S.", "http://",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: str) -> None:
    short, long = (cpu_seconds(piece * (length // len(piece))) for length in (5_000, 20_000))
    assert long < 8 * short + 0.01


def read(text: str) -> list[tuple[str, float, float, str, str]]:
    return [
        (text[one.start : one.end], float(one.low), float(one.high), one.kind, one.unit)
        for one in find_numbers(text)
    ]


def point(
    words: str, value: float, kind: str = "count", unit: str = ""
) -> tuple[str, float, float, str, str]:
    return words, value, value, kind, unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $2bn.", [point("$2bn", 2e9, "currency", "USD")]),
        ("It cost US$2bn.", [point("US$2bn", 2e9, "currency", "USD")]),
        ("It cost 1.5 million pounds.", [point("1.5 million pounds", 1.5e6, "currency", "GBP")]),
        ("It cost 100 pounds.", [point("100 pounds", 100, "currency", "GBP|lb")]),
        ("She lost 100 pounds.", [point("100 pounds", 100, "measure", "lb")]),
        ("It cost A$5m, not 5 Swiss francs.", [
            point("A$5m", 5e6, "currency", "AUD"), point("5 Swiss francs", 5, "currency", "CHF")]),
        ("It cost Rs 5 crore or 50p.", [
            point("Rs 5 crore", 5e7, "currency", "INR|PKR|LKR|NPR"), point("50p", 0.5, "currency", "GBP")]),
        ("It cost $2-3bn.", [("$2-3bn", 2e9, 3e9, "currency", "USD")]),
        ("It cost between $2bn and $3bn.", [("$2bn and $3bn", 2e9, 3e9, "currency", "USD")]),
        ("It cost millions of dollars.", [("millions of dollars", 2e6, 999e6, "currency", "USD")]),
        ("Es sind 1,5 Mio.", []),
        ("Two and a half million people", [point("Two and a half million", 2.5e6)]),
        ("half a million, a dozen", [point("half a million", 5e5), point("a dozen", 12)]),
        ("a quarter of a million", [point("a quarter of a million", 250_000)]),
        ("dozens and scores of people", [("dozens", 24, 99, "count", "")]),
        ("Scores of people", [("Scores", 40, 99, "count", "")]),
        ("the test scores of pupils", []),
        ("hundreds of thousands", [("hundreds of thousands", 200_000, 999_000, "count", "")]),
        ("several hundred", [("several hundred", 200, 999, "count", "")]),
        ("1 300 personnes, 5,601 votes, 1.2k", [
            point("1 300", 1300), point("5,601", 5601), point("1.2k", 1200)]),
        ("a 10,000-strong crowd", [point("10,000", 10_000)]),
        ("a hundred and five", [point("a hundred and five", 105)]),
        ("between one hundred and two hundred", [("one hundred and two hundred", 100, 200, "count", "")]),
        ("one hundred and fifty thousand", [point("one hundred and fifty thousand", 150_000)]),
        ("one in five, nine out of 10", [
            point("one in five", 0.2, "share"), point("nine out of 10", 0.9, "share")]),
        ("the other two-thirds, a third of it", [
            point("two-thirds", pytest.approx(2 / 3), "share"),
            point("a third", pytest.approx(1 / 3), "share")]),
        ("a third attack, the 21st", [point("third", 3, "ordinal"), point("21st", 21, "ordinal")]),
        ("half of them, the second half", [point("half", 0.5, "share"), point("second", 2, "ordinal")]),
        ("4.5 per cent, 4.5 percentage points", [
            point("4.5 per cent", 4.5, "percent", "%"), point("4.5 percentage points", 4.5, "points", "%")]),
        ("5 to 7 percent, 5-7%", [("5 to 7 percent", 5, 7, "percent", "%"), ("5-7%", 5, 7, "percent", "%")]),
        ("rose from 5 to 7 per cent", [point("5", 5, "percent", "%"), point("7 per cent", 7, "percent", "%")]),
        ("two or three, 5-7 people", [("two or three", 2, 3, "count", ""), ("5-7", 5, 7, "count", "")]),
        ("in 1998, the 2015 accord, 1500 people", [
            point("1998", 1998, "year"), point("2015", 2015, "year"), point("1500", 1500)]),
        ("in 2019-20, 2023/24, the 1990s, the 1800s, his 20s", [
            ("2019-20", 2019, 2020, "year", ""), ("2023/24", 2023, 2024, "year", ""),
            ("1990s", 1990, 1999, "year", ""), ("1800s", 1800, 1899, "year", ""),
            ("20s", 20, 29, "count", "")]),
        ("won 2-1 and lost 1-2; 6-4, 4-6", [
            ("2-1", 1, 2, "score", "2-1"), ("1-2", 1, 2, "score", "2-1"), ("6-4", 4, 6, "score", "6-4"),
            ("4-6", 4, 6, "score", "6-4")]),
        ("at 5:30pm on 17/09/2024", [point("5:30pm", 63_000, "time")]),
        ("on 2024-09-17, 17 May, May 17th and 17 to 19 May", []),
        ("17 September 2024", [point("2024", 2024, "year")]),
        ("from 5-7pm", [("5-7pm", 61_200, 68_400, "time", "")]),
        ("iPhone 16 and Boeing 737-800", [
            point("16", 16, "name", "16"), ("737-800", 737, 800, "name", "737-800")]),
        ("Covid-19, AK-47, Article 5, No. 10, page 5", [
            point("19", 19, "name", "19"), point("47", 47, "name", "47"), point("5", 5, "name", "5"),
            point("10", 10, "name", "10"), point("5", 5, "name", "5")]),
        ("the G20, a 4x4, 5G, https://a.example/12, (414) 555-0162", []),
        ("-3C, −3°C, minus 3 degrees", [
            point("-3C", -3, "measure", "°C"), point("−3°C", -3, "measure", "°C"),
            point("minus 3 degrees", -3, "measure", "°C|°F")]),
        ("1½ and 2½ years, 1.5x, threefold", [
            point("1½", 1.5), point("2½", 2.5), point("1.5x", 1.5, "times", "x"),
            point("threefold", 3, "times", "x")]),
        ("25km, a 25-mile run, 60 miles per hour, 5m tall, 5m people", [
            point("25km", 25, "measure", "km"), point("25-mile", 25, "measure", "mi"),
            point("60 miles per hour", 60, "measure", "mi/h"), point("5m", 5, "measure", "m"), point("5m", 5e6)]),
        ("one of them, no one, one man, one has", [point("one", 1)]),
        ("net zero, zero deaths", [point("zero", 0)]),
        ("per second, a second later", []),
        ("", []),
        ("rose by 6 per cent to 318 million, by 5 to 7 per cent", [
            point("6 per cent", 6, "percent", "%"), point("318 million", 318e6),
            ("5 to 7 per cent", 5, 7, "percent", "%")]),
        ("QZ 35m, QZ 600,000; the QZ 100m final", [
            point("QZ 35m", 35e6, "currency"), point("QZ 600,000", 600_000, "currency"),
            point("100m", 100, "measure", "m")]),
        ("2 hours 8 minutes 55 seconds, 2 hours", [
            point("2 hours 8 minutes 55 seconds", 7735, "time", "12h"), point("2", 2)]),
        ("at half past two", [point("two", 2)]),
        ("at least one, only one survived", [point("one", 1), point("one", 1)]),
        ("Second, it rained.", []),
        ("million-dollar", [point("million-dollar", 1e6, "currency", "USD")]),
        ("9" * 10_000, []),
    ],
)  # fmt: skip
def test_what_is_read(text: str, expected: list[tuple[str, float, float, str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "bound", "lead"),
    [
        ("about 25", "about", "about "), ("at least 25", "at least", "at least "), ("~25", "about", "~"),
        ("more than $25", "more than", "more than "), ("up to 25", "up to", "up to "),
        ("nearly 25", "nearly", "nearly "),
        ("fewer than 25", "less than", "fewer than "), ("only about 25", "about", "only about "),
        ("25+", "at least", ""),
        ("25 or more", "at least", ""), ("25-odd", "about", ""), ("exactly 25", "", "exactly "),
        ("the 25", "", ""),
    ],
)  # fmt: skip
def test_words_that_bound_a_number(text: str, bound: str, lead: str) -> None:
    found = only(text)
    assert (found.bound, text[found.lead : found.start]) == (bound, lead)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("$2", "$2bn", False), ("£1.5m", "£1.5bn", False), ("$5", "£5", False), ("5%", "5", False),
        ("$5", "5", False),
        ("5 km", "5", False), ("5 km", "5 miles", False), ("5%", "5 percentage points", False),
        ("-3C", "3C", False),
        ("A$5", "$5", False), ("dozens", "40", False), ("5-7 people", "5 people", False),
        ("5-7 people", "5 to 7", True),
        ("£1.5m", "1.5 million pounds", True), ("100 pounds", "£100", True), ("100 pounds", "100lb", True),
        ("£100", "100lb", False), ("one in five", "20%", True), ("a quarter", "25 per cent", True),
        ("17:30", "5:30pm", True),
        ("5:30", "5:30pm", True), ("5:30am", "5:30pm", False), ("more than 5", "5", True),
        ("more than 5", "up to 5", False),
        ("21st", "twenty-first", True), ("21st", "21", False), ("won 2-1", "won 1-2", True),
        ("won 2-1", "won 3-1", False),
        ("Rs 5", "₹5", True), ("QZ 5m", "5 million crowns", True), ("QZ 5m", "5 million", True),
        ("QZ 5m", "5 million km", False),
        ("2:08:55", "2 hours 8 minutes and 55 seconds", True), ("25C", "25 degrees", True),
        ("25C", "25F", False),
    ],
)  # fmt: skip
def test_same_value(one: str, other: str, same: bool) -> None:
    assert same_quantity(only(one), only(other)) is same_quantity(only(other), only(one)) is same


@pytest.mark.parametrize(
    ("value", "stated", "may"),
    [
        ("2,512,000", "about 2.5 million", True), ("2,512,000", "2.5 million", True),
        ("2,512,000", "2.6 million", False),
        ("2,512,000", "more than 2 million", True), ("2,512,000", "more than 3 million", False),
        ("2,512,000", "nearly 3 million", True), ("2,512,000", "nearly 2 million", False),
        ("$2,512,000", "2.5 million", False),
        ("47", "dozens", True), ("120", "dozens", False), ("6", "5 to 7", True), ("8", "5 to 7", False),
        ("0.26", "0.3", True),
        ("32%", "a third", True), ("20%", "a third", False), ("more than 300", "up to 300", False),
        ("5-7 people", "6", False), ("0", "0", True),
    ],
)  # fmt: skip
def test_rounds_to(value: str, stated: str, may: bool) -> None:
    assert rounds_to(only(value), only(stated)) is may


@pytest.mark.parametrize(
    ("stated", "ground", "missing"),
    [
        ("$2 was lost", "$2bn was lost", ["$2"]), ("$2 billion was lost", "$2bn was lost", []),
        ("£1.5bn was lost", "£1.5m was lost", ["£1.5bn"]),
        ("2.5 million people fled", "Two and a half million people fled", []),
        ("one man fled", "a man fled", []), ("the first fled", "they fled", []),
        ("the third fled", "they fled", ["third"]),
        ("in 2024", "2024 people", []), ("at 2:40 a.m.", "at 2.40", []),
        ("split 4-3", "four votes to three", []), ("Article 5", "Article 6", ["5"]),
        ("5:30pm", "6:30pm", ["5:30pm"]),
    ],
)  # fmt: skip
def test_missing_numbers(stated: str, ground: str, missing: list[str]) -> None:
    assert [
        stated[one.start : one.end] for one in missing_numbers(find_numbers(stated), find_numbers(ground))
    ] == missing
