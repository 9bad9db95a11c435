"""The number reader: values, units, spans; equal in each spelling, unequal where the value or the unit is."""

import itertools
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.numbers import Number, find_numbers, missing_numbers, number_key, rounds_to, same_value

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
    words = {in_words(value), in_words(value, joint=" "), in_words(value, hyphen=" "), in_words(value).upper()}
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
        assert same_value(first, found)
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
        assert not any(same_value(*pair) or same_value(*pair[::-1]) for pair in itertools.product(one, other))


PIECES = st.sampled_from(
    """$ £ € % ° -3 – — to and or of between a half one two third hundred million bn m k 5 2,5 1 300 2-1 17/09/2024 5:30pm
    1½ ½ iPhone No. Covid-19 1990s 2024 per cent points May 's “ ” ( ) \n \u00a0 \u202f minus + x 3/4 in five dozens tens
    several US$ pounds kilometres per hour C about at least 0 000 1e9 ٣ ³ 一 😀""".split(" ")
)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=300) | st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_with_exact_sorted_spans(text: str) -> None:
    end = 0
    for one in find_numbers(text):
        assert end <= one.start < one.end <= len(text)
        assert one.lead <= one.start and one.low <= one.high
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        end = one.end
        assert same_value(one, one)
    assert missing_numbers(text, text) == []


@pytest.mark.parametrize(
    "piece",
    [
        "The firm sold 1,200 cars for $2bn, up 4.5 per cent from 2019. ", "five hundred and ", "1 000 ", "9", "1-",
        "half a ", "two and a half million ", "between 1 and 2 ", "$", "-", "1/2 ", "5:30", "tens of thousands of ",
        "about ", "hundred thousand million ", "no fewer than 5 ", "a", "1.2.", "2-1, ", "to 5 ", "one in ",
    ],
)  # fmt: skip
def test_ten_thousand_characters_take_less_than_fifty_milliseconds(piece: str) -> None:
    text = (piece * (10_000 // len(piece) + 1))[:10_000]
    taken = []
    for attempt in range(5):
        began = time.perf_counter()
        find_numbers(f"{text}{attempt}")
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.05


def read(text: str) -> list[tuple[str, float, float, str, str]]:
    return [
        (text[one.start : one.end], float(one.low), float(one.high), one.kind, one.unit) for one in find_numbers(text)
    ]
