"""English words and signs for currencies and measures, with one name for each.

A name with "|" stands for what may be any of several: "pounds" are money or weight, "rupees" of several countries.
"""

import re

# Signs and codes that stand before a figure or after it; "$" and "dollars" are taken for the US dollar.
CURRENCY_SIGNS: dict[str, str] = {
    "$": "USD", "US$": "USD", "$US": "USD", "USD": "USD", "A$": "AUD", "AU$": "AUD", "$A": "AUD", "AUD": "AUD",
    "C$": "CAD", "CA$": "CAD", "Can$": "CAD", "CAD": "CAD", "NZ$": "NZD", "$NZ": "NZD", "NZD": "NZD", "HK$": "HKD",
    "HKD": "HKD", "S$": "SGD", "SGD": "SGD", "NT$": "TWD", "TWD": "TWD", "R$": "BRL", "BRL": "BRL", "£": "GBP",
    "GBP": "GBP", "€": "EUR", "EUR": "EUR", "¥": "JPY|CNY", "JPY": "JPY", "CNY": "CNY", "RMB": "CNY", "₹": "INR",
    "INR": "INR", "Rs": "INR|PKR|LKR|NPR", "Rs.": "INR|PKR|LKR|NPR", "PKR": "PKR", "LKR": "LKR", "NPR": "NPR",
    "₽": "RUB", "RUB": "RUB", "₩": "KRW", "KRW": "KRW", "₺": "TRY", "TRY": "TRY", "₴": "UAH", "UAH": "UAH",
    "₦": "NGN", "NGN": "NGN", "₪": "ILS", "ILS": "ILS", "₱": "PHP", "PHP": "PHP", "₫": "VND", "VND": "VND",
    "฿": "THB", "THB": "THB", "₵": "GHS", "GHS": "GHS", "CHF": "CHF", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK",
    "PLN": "PLN", "zł": "PLN", "CZK": "CZK", "HUF": "HUF", "RON": "RON", "ZAR": "ZAR", "KES": "KES", "UGX": "UGX",
    "TZS": "TZS", "ETB": "ETB", "EGP": "EGP", "MAD": "MAD", "DZD": "DZD", "TND": "TND", "XOF": "XOF", "XAF": "XAF",
    "FCFA": "XOF|XAF", "CFA": "XOF|XAF", "SAR": "SAR", "AED": "AED", "QAR": "QAR", "KWD": "KWD", "IQD": "IQD",
    "IRR": "IRR", "IDR": "IDR", "MYR": "MYR", "BDT": "BDT", "MXN": "MXN", "ARS": "ARS", "CLP": "CLP", "COP": "COP",
    "BTC": "BTC",
}  # fmt: skip

CURRENCY_WORDS: dict[str, str] = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "buck": "USD",
    "australian dollar": "AUD", "canadian dollar": "CAD", "new zealand dollar": "NZD", "hong kong dollar": "HKD",
    "singapore dollar": "SGD", "taiwan dollar": "TWD", "euro": "EUR", "sterling": "GBP",
    "pound sterling": "GBP", "pounds sterling": "GBP",
    "british pound": "GBP", "egyptian pound": "EGP", "lebanese pound": "LBP", "syrian pound": "SYP",
    "sudanese pound": "SDG", "yen": "JPY", "japanese yen": "JPY", "yuan": "CNY", "chinese yuan": "CNY",
    "renminbi": "CNY", "rupee": "INR|PKR|LKR|NPR", "indian rupee": "INR", "pakistani rupee": "PKR", "rouble": "RUB",
    "ruble": "RUB", "russian rouble": "RUB", "russian ruble": "RUB", "naira": "NGN", "rand": "ZAR",
    "franc": "CHF|XOF|XAF", "swiss franc": "CHF", "cfa franc": "XOF|XAF", "peso": "MXN|ARS|CLP|COP|PHP",
    "mexican peso": "MXN", "argentine peso": "ARS", "lira": "TRY", "turkish lira": "TRY", "riyal": "SAR|QAR|YER",
    "rial": "IRR|OMR|YER", "dirham": "AED|MAD", "dinar": "IQD|KWD|DZD|TND|RSD", "shilling": "KES|UGX|TZS",
    "crown": "SEK|NOK|DKK|CZK|ISK",
    "krona": "SEK", "kronor": "SEK", "kroner": "NOK|DKK", "zloty": "PLN", "forint": "HUF", "shekel": "ILS",
    "ringgit": "MYR", "rupiah": "IDR", "baht": "THB", "cedi": "GHS", "birr": "ETB", "hryvnia": "UAH", "taka": "BDT",
    "real": "BRL", "reais": "BRL", "bitcoin": "BTC", "pound": "GBP|lb",
}  # fmt: skip
# Common words beside, so money only after "million" and the like: "2 billion won".
AFTER_SCALE: dict[str, str] = {"won": "KRW", "dong": "VND"}
NOT_AFTER_FIGURE = frozenset(("real",))

PERCENT = {
    "%": "percent", "per cent": "percent", "percent": "percent", "pct": "percent", "pc": "percent",
    "percentage point": "points", "percentage points": "points", "% points": "points", "per cent points": "points",
    "percent points": "points", "pp": "points", "ppt": "points", "ppts": "points",
}  # fmt: skip

_FORMS = {
    "km": "km kms kilometre kilometer", "m": "metre meter", "cm": "cm cms centimetre centimeter",
    "mm": "mm millimetre millimeter",
    "mi": "mi mile", "ft": "ft foot feet", "in": "inch inches", "yd": "yd yds yard",
    "nmi": "nm nautical_mile", "kg": "kg kgs kilo kilogram kilogramme", "g": "gram gramme", "mg": "mg milligram",
    "t": "tonne metric_ton", "ton": "ton tons", "lb": "lb lbs", "oz": "oz ounce",
    "km/h": "km/h kmh kph kmph kilometres_per_hour kilometers_per_hour kilometres_an_hour kilometers_an_hour "
    "km_per_hour km_an_hour", "mi/h": "mph miles_per_hour miles_an_hour", "kn": "knot",
    "m/s": "m/s metres_per_second",
    "°C": "°c ºc °_c degrees_celsius degree_celsius celsius degrees_centigrade degrees_c",
    "°F": "°f ºf °_f degrees_fahrenheit degree_fahrenheit fahrenheit degrees_f",
    "°C|°F": "° º degree", "km²": "km² km2 sq_km square_kilometre square_kilometer square_km",
    "mi²": "sq_mi sq_mile square_mile", "m²": "m² m2 sq_m square_metre square_meter", "m³": "m³ m3 cubic_metre "
    "cubic_meter", "ft²": "sq_ft square_foot square_feet", "ha": "ha hectare", "ac": "acre", "l": "litre liter",
    "ml": "ml millilitre milliliter", "gal": "gal gallon", "bbl": "bbl barrel", "pt": "pint", "W": "watt",
    "kW": "kw kilowatt", "MW": "mw megawatt", "GW": "gw gigawatt", "kWh": "kwh kilowatt_hour",
    "MWh": "mwh megawatt_hour", "GWh": "gwh gigawatt_hour", "TWh": "twh terawatt_hour", "kB": "kilobyte",
    "MB": "mb megabyte", "GB": "gb gigabyte", "TB": "tb terabyte", "Hz": "hz hertz", "kHz": "khz", "MHz": "mhz",
    "GHz": "ghz", "bpd": "bpd b/d barrels_per_day barrels_a_day", "dB": "db decibel", "cal": "calorie",
    "kcal": "kcal", "bp": "bp bps basis_point", "cent": "cent cents ¢", "GBP/100": "pence penny", "mSv": "msv",
    "in²": "square_inch", "ppm": "ppm parts_per_million", "μm": "micron", "ly": "light_year light_years",
}  # fmt: skip
MEASURES: dict[str, str] = {
    form.replace("_", " "): name for name, forms in _FORMS.items() for form in forms.split()
}
# Single letters are units only where they touch their figure, and in this case.
TOUCHING: dict[str, str] = {"C": "°C", "F": "°F", "g": "g", "t": "t", "p": "GBP/100", "L": "l", "l": "l"}
# "lost 100 pounds", "100 pounds heavier": weight.
WEIGHT_BEFORE = frozenset(
    "weigh weighs weighed weighing lost lose losing gained gain dropped shed lifted lift bench pressed".split()
)
WEIGHT_AFTER = frozenset("heavier lighter overweight".split())
# "5m tall", "the 100m final": metres. Elsewhere "5m" before a plural is five million.
METRES = frozenset(
    """high tall deep long wide above below away apart off from tsunami freestyle hurdles sprint relay final finals
    race races butterfly backstroke breaststroke champion bronze silver gold title record events event heats heat
    waves swells""".split()
)

# How a sign, or the first word of a unit, may begin; whatever does not is passed over at once.
SIGN_BEGINNINGS = frozenset(sign[:end] for sign in CURRENCY_SIGNS for end in range(1, len(sign) + 1))
UNIT_BEGINNINGS = frozenset(
    begin
    for phrase in (*CURRENCY_SIGNS, *CURRENCY_WORDS, *AFTER_SCALE, *PERCENT, *MEASURES, *TOUCHING)
    for word in re.findall(r"[^\W\d_]+|\S", phrase)[:1]
    for begin in (word.lower(), f"{word.lower()}s")
)
