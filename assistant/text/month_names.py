"""The names of months and weekdays, and the one table of which month a name stands for."""

from __future__ import annotations

ENGLISH_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
FRENCH_MONTHS = (
    ("janvier", "janv"),
    ("février", "fevrier", "févr", "fév"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("août", "aout"),
    ("septembre",),
    ("octobre",),
    ("novembre",),
    ("décembre", "decembre", "déc"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(ENGLISH_MONTHS, 1) for name in names}
ALL_MONTH_NUMBERS = MONTH_NUMBERS | {
    name: number for number, names in enumerate(FRENCH_MONTHS, 1) for name in names
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
