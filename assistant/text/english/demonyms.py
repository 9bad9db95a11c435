"""What is said of a country: "French" of France; short forms of two."""

from __future__ import annotations

DEMONYMS = dict(
    pair.split("=")
    for pair in (
        "Afghanistan=Afghan Albania=Albanian Algeria=Algerian America=American Angola=Angolan Argentina=Argentine"
        " Armenia=Armenian Australia=Australian Austria=Austrian Azerbaijan=Azerbaijani Bangladesh=Bangladeshi"
        " Belarus=Belarusian Belgium=Belgian Bolivia=Bolivian Brazil=Brazilian Britain=British Bulgaria=Bulgarian"
        " Cambodia=Cambodian Cameroon=Cameroonian Canada=Canadian Chad=Chadian Chile=Chilean China=Chinese"
        " Colombia=Colombian Croatia=Croatian Cuba=Cuban Cyprus=Cypriot Denmark=Danish Ecuador=Ecuadorian"
        " Egypt=Egyptian England=English Eritrea=Eritrean Estonia=Estonian Ethiopia=Ethiopian Finland=Finnish"
        " France=French Gabon=Gabonese Georgia=Georgian Germany=German Ghana=Ghanaian Greece=Greek"
        " Guatemala=Guatemalan Guinea=Guinean Haiti=Haitian Honduras=Honduran Hungary=Hungarian Iceland=Icelandic"
        " India=Indian Indonesia=Indonesian Iran=Iranian Iraq=Iraqi Ireland=Irish Israel=Israeli Italy=Italian"
        " Jamaica=Jamaican Japan=Japanese Jordan=Jordanian Kazakhstan=Kazakh Kenya=Kenyan Kosovo=Kosovan"
        " Kuwait=Kuwaiti Laos=Lao Latvia=Latvian Lebanon=Lebanese Liberia=Liberian Libya=Libyan"
        " Lithuania=Lithuanian Malawi=Malawian Malaysia=Malaysian Mali=Malian Malta=Maltese Mauritania=Mauritanian"
        " Mexico=Mexican Moldova=Moldovan Mongolia=Mongolian Montenegro=Montenegrin Morocco=Moroccan"
        " Mozambique=Mozambican Myanmar=Burmese Namibia=Namibian Nepal=Nepali Netherlands=Dutch"
        " Nicaragua=Nicaraguan Niger=Nigerien Nigeria=Nigerian Norway=Norwegian Oman=Omani"
        " Pakistan=Pakistani Palestine=Palestinian"
        " Panama=Panamanian Paraguay=Paraguayan Peru=Peruvian Philippines=Philippine Poland=Polish"
        " Portugal=Portuguese Qatar=Qatari Romania=Romanian Russia=Russian Rwanda=Rwandan Scotland=Scottish"
        " Senegal=Senegalese Serbia=Serbian Singapore=Singaporean Slovakia=Slovak Slovenia=Slovenian Somalia=Somali"
        " Spain=Spanish Sudan=Sudanese Sweden=Swedish Switzerland=Swiss Syria=Syrian Taiwan=Taiwanese"
        " Tanzania=Tanzanian Thailand=Thai Togo=Togolese Tunisia=Tunisian Turkey=Turkish Uganda=Ugandan"
        " Ukraine=Ukrainian Uruguay=Uruguayan Uzbekistan=Uzbek Venezuela=Venezuelan Vietnam=Vietnamese Wales=Welsh"
        " Yemen=Yemeni Zambia=Zambian Zimbabwe=Zimbabwean"
    ).split()
) | {
    "Burkina Faso": "Burkinabe",
    "El Salvador": "Salvadoran",
    "Ivory Coast": "Ivorian",
    "New Zealand": "New Zealand",
    "North Korea": "North Korean",
    "Saudi Arabia": "Saudi",
    "South Africa": "South African",
    "South Korea": "South Korean",
    "Sri Lanka": "Sri Lankan",
    "United Kingdom": "British",
    "United States": "American",
}
"""The adjective of each country."""

ABBREVIATED = {"United States": ("U.S.", "US"), "Britain": ("UK", "U.K."), "United Kingdom": ("UK", "U.K.")}
"""How a country's name is cut short."""
