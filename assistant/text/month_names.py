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
GERMAN_MONTHS = (
    ("januar", "jänner"),
    ("februar", "feber"),
    ("märz", "maerz", "mär", "mrz"),
    (),
    (),
    ("juni",),
    ("juli",),
    (),
    (),
    ("oktober", "okt"),
    (),
    ("dezember", "dez"),
)
SPANISH_MONTHS = (
    ("enero", "ene"),
    ("febrero",),
    ("marzo",),
    ("abril", "abr"),
    ("mayo",),
    ("junio",),
    ("julio",),
    ("agosto", "ago"),
    ("septiembre", "setiembre"),
    ("octubre",),
    ("noviembre",),
    ("diciembre", "dic"),
)
ITALIAN_MONTHS = (
    ("gennaio", "gen"),
    ("febbraio",),
    (),
    ("aprile",),
    ("maggio", "mag"),
    ("giugno", "giu"),
    ("luglio", "lug"),
    (),
    ("settembre", "set"),
    ("ottobre", "ott"),
    (),
    ("dicembre",),
)
PORTUGUESE_MONTHS = (
    ("janeiro",),
    ("fevereiro", "fev"),
    ("março",),
    (),
    ("maio",),
    ("junho",),
    ("julho",),
    (),
    ("setembro",),
    ("outubro", "out"),
    ("novembro",),
    ("dezembro",),
)
# Dutch, Danish, Norwegian, Swedish and Indonesian share most of theirs with each other.
NORTHERN_MONTHS = (
    ("januari",),
    ("februari",),
    ("maart", "marts", "maret"),
    (),
    ("mei", "maj"),
    (),
    (),
    ("augustus", "augusti", "agustus"),
    (),
    (),
    (),
    ("desember",),
)
# The Egyptian names, those of the Levant and Iraq, and those of the Maghreb.
ARABIC_MONTHS = (
    ("يناير", "كانون الثاني", "جانفي"),
    ("فبراير", "شباط", "فيفري"),
    ("مارس", "آذار", "اذار"),
    ("أبريل", "ابريل", "إبريل", "نيسان", "أفريل"),
    ("مايو", "أيار", "ايار", "ماي"),
    ("يونيو", "يونيه", "حزيران", "جوان"),
    ("يوليو", "يوليه", "تموز", "جويلية"),
    ("أغسطس", "اغسطس", "آب", "أوت"),
    ("سبتمبر", "أيلول", "ايلول"),
    ("أكتوبر", "اكتوبر", "تشرين الأول", "تشرين الاول"),
    ("نوفمبر", "تشرين الثاني"),
    ("ديسمبر", "كانون الأول", "كانون الاول"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(ENGLISH_MONTHS, 1) for name in names}
ALL_MONTH_NUMBERS = MONTH_NUMBERS | {
    name: number
    for months in (
        FRENCH_MONTHS,
        GERMAN_MONTHS,
        SPANISH_MONTHS,
        ITALIAN_MONTHS,
        PORTUGUESE_MONTHS,
        NORTHERN_MONTHS,
        ARABIC_MONTHS,
    )
    for number, names in enumerate(months, 1)
    for name in names
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
