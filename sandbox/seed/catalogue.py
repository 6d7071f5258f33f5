"""What the merchants sell: name, description, unit, and a price in their own currency."""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """One thing on a price list; `price` is in the merchant's base currency."""

    name: str
    description: str
    unit: str
    price: float


STUDIO = (
    Item("Brand workshop", "One day on site, two facilitators, written summary", "day", 2400),
    Item("Photography, half day", "Interior and product photography with one photographer", "half day", 950),
    Item("Photography, full day", "Photographer, assistant, lighting", "day", 1750),
    Item("Retouching", "Colour and blemish correction per image", "image", 18.5),
    Item("Logo design", "Three directions, two rounds of changes, final files", "piece", 3200),
    Item("Menu design", "Layout, typesetting and print-ready files", "piece", 640),
    Item("Web page design", "Design of one page for desktop and phone", "page", 780),
    Item("Front-end build", "Accessible HTML and CSS from the agreed design", "hour", 115),
    Item("Copywriting", "Research, draft and one revision", "hour", 92),
    Item("Print management", "Supervision of printing and delivery", "job", 285),
    Item("Signage design", "Drawings to scale for the sign maker", "piece", 410),
    Item("Hosting and care", "Monthly hosting, updates and a monthly report", "month", 149),
    Item("Video edit", "Edit of up to three minutes with licensed music", "piece", 1380.75),
    Item("Image licence", "Use in print and online for one year", "image", 75),
)
TOOLS = (
    Item("Schlagbohrmaschine SB 850", "850 W, mit Koffer und Zusatzgriff", "Stück", 189.9),
    Item("Akkuschrauber-Set 18 V", "Zwei Akkus 5,0 Ah, Ladegerät", "Set", 329),
    Item("Tischkreissäge TK 254", "Mit Untergestell und Parallelanschlag", "Stück", 749),
    Item("Sägeblatt 254 mm, 48 Zähne", "Hartmetallbestückt", "Stück", 42.5),
    Item("Schraubendreher-Satz, 12-teilig", "Chrom-Vanadium, isoliert bis 1000 V", "Satz", 58.9),
    Item("Werkbank 2 m", "Buche massiv, mit Schubladenblock", "Stück", 1120),
    Item("Drehmomentschlüssel 40–200 Nm", "Mit Kalibrierschein", "Stück", 134.6),
    Item("Maschinenwartung", "Wartung vor Ort, je angefangene Stunde", "Std.", 86),
    Item("Anfahrt", "Pauschale bis 50 km", "Pauschale", 45),
    Item("Schleifpapier P120, 50 Blatt", "", "Packung", 19.95),
    Item("Kompressor 50 l", "Ölfrei, 10 bar", "Stück", 412),
    Item("Schutzbrille EN 166", "Beschlagfrei", "Stück", 11.9),
    Item("Leihgebühr Bautrockner", "Je Woche, inkl. Lieferung", "Woche", 96),
)
NOTES = (
    "",
    "",
    "",
    "Thank you for your business.",
    "Please quote the number of this document with your payment.",
    "Prices as agreed by telephone.",
)
GERMAN_NOTES = (
    "",
    "",
    "",
    "Vielen Dank für Ihren Auftrag.",
    "Lieferung frei Haus.",
    "Bitte geben Sie bei der Zahlung die Belegnummer an.",
)
TERMS = (
    "Payment within 30 days of the invoice date. Work starts after written acceptance.",
    "Zahlbar innerhalb von 30 Tagen ohne Abzug.",
)
