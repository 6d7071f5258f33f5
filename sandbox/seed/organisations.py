"""The three merchants and their organisations, with currencies and taxes."""

from __future__ import annotations

from typing import NamedTuple

from sandbox.world import DataCentre, Organisation, Record

HARBOUR_LIGHT, ARCHIVE, WEBER, SPICE_TRAIL = "600123101", "600123102", "200345601", "600987301"

TIME_ZONES = {HARBOUR_LIGHT: "America/New_York", WEBER: "Europe/Berlin", SPICE_TRAIL: "Asia/Kolkata"}
"""Each organisation's calendar day decides what is overdue or expired (zoho.md 4.1)."""

CURRENCIES: dict[str, tuple[str, int]] = {
    "USD": ("$", 2),
    "EUR": ("€", 2),
    "GBP": ("£", 2),
    "INR": ("₹", 2),
    "JPY": ("¥", 0),
    "BHD": ("BHD", 3),
}
IN_DOLLARS = {"USD": 1.0, "EUR": 1.08, "GBP": 1.27, "INR": 0.012, "JPY": 0.0067, "BHD": 2.65}

TAXES = {
    "us": [("NY Sales Tax", 8.875)],
    "eu": [("USt 19%", 19.0), ("USt 7%", 7.0)],
    "in": [("GST 18%", 18.0)],
}


DETAILS: Record = {
    "is_default_org": False,
    "is_org_active": True,
    "has_billing": False,
    "plan_type": 1,
    "plan_period": "monthly",
    "fiscal_year_start_month": "0",
    "account_created_date": "2021-03-01",
    "currency_format": "1,234,567.89",
    "field_separator": "/",
    "remit_to_address": "",
    "fax": "",
    "industry_type": "",
    "industry_size": "",
    "company_id_label": "Company ID",
    "company_id_value": "",
    "tax_id_label": "Tax ID",
    "tax_id_value": "",
}
"""The fields common to all of them."""


class Address(NamedTuple):
    street: str
    street2: str
    city: str
    state: str
    postcode: str
    country: str

    def in_lines(self) -> str:
        second = [self.street2] if self.street2 else []
        return "\n".join([self.street, *second, f"{self.city}, {self.state} {self.postcode}", self.country])

    def to_zoho(self) -> Record:
        return {
            "street_address1": self.street,
            "street_address2": self.street2,
            "city": self.city,
            "state": self.state,
            "country": self.country,
            "zip": self.postcode,
        }


def add_user(centre: DataCentre, name: str, email: str) -> Record:
    """A merchant's user, who may sign in on the consent page."""
    user = {
        "user_id": centre.new_id(),
        "name": name,
        "email": email,
        "role_id": centre.new_id(),
        "created_time": "2021-03-01T09:00:00+0000",
    }
    centre.users[user["user_id"]] = user
    return user


def add_harbour_light(centre: DataCentre) -> None:
    """Ada Okafor's two organisations; only the studio is active, so that choosing matters."""
    ada = add_user(centre, "Ada Okafor", "ada@harbourlight.example")
    address = Address("48 Water Street", "Floor 3", "New York", "NY", "10004", "U.S.A")
    common = {
        "time_zone": TIME_ZONES[HARBOUR_LIGHT],
        "language_code": "en",
        "date_format": "MM/dd/yyyy",
        "country_code": "US",
        "contact_name": "Ada Okafor",
        "email": "hello@harbourlight.example",
        "phone": "+1 212 555 0148",
        "website": "https://harbourlight.example",
    }
    _add(
        centre,
        ada,
        HARBOUR_LIGHT,
        "Harbour Light Studio",
        "USD",
        address,
        **common,
        plan_name="Professional",
        is_default_org=True,
        has_billing=True,
    )
    _add(
        centre,
        ada,
        ARCHIVE,
        "Harbour Light Archive",
        "USD",
        address,
        **common,
        plan_name="Free",
        is_org_active=False,
    )


def add_bookkeeper(centre: DataCentre) -> None:
    """Tomas Reyes, a second user of the studio, so that Ada has a colleague to invite. Added last, so that no
    other id changes.
    """
    tomas = add_user(centre, "Tomas Reyes", "tomas@harbourlight.example")
    centre.organisations[HARBOUR_LIGHT].member_ids.append(tomas["user_id"])


def add_weber(centre: DataCentre) -> None:
    """Jonas Weber's tool shop: Books only, German messages."""
    jonas = add_user(centre, "Jonas Weber", "jonas@weberundsohn.example")
    address = Address("Lindenallee 12", "", "Bremen", "Bremen", "28195", "Germany")
    _add(
        centre,
        jonas,
        WEBER,
        "Weber & Sohn Werkzeuge",
        "EUR",
        address,
        time_zone=TIME_ZONES[WEBER],
        language_code="de",
        date_format="dd.MM.yyyy",
        country_code="DE",
        contact_name="Jonas Weber",
        email="kontakt@weberundsohn.example",
        phone="+49 421 5550120",
        website="https://weberundsohn.example",
        plan_name="Standard",
        is_default_org=True,
    )


def add_spice_trail(centre: DataCentre) -> None:
    """Meera Nair's organisation: connected on its first day and empty."""
    meera = add_user(centre, "Meera Nair", "meera@spicetrail.example")
    address = Address("7 Jew Town Road", "Mattancherry", "Kochi", "Kerala", "682002", "India")
    _add(
        centre,
        meera,
        SPICE_TRAIL,
        "Spice Trail Exports",
        "INR",
        address,
        time_zone=TIME_ZONES[SPICE_TRAIL],
        language_code="en",
        date_format="dd/MM/yyyy",
        country_code="IN",
        contact_name="Meera Nair",
        email="trade@spicetrail.example",
        phone="+91 484 555 0133",
        website="https://spicetrail.example",
        plan_name="Standard",
        is_default_org=True,
    )


def taxes_of(organisation: Organisation) -> list[Record]:
    """The taxes a merchant charges."""
    found: list[Record] = organisation.details["taxes"]
    return found


def _add(
    centre: DataCentre,
    user: Record,
    organization_id: str,
    name: str,
    currency: str,
    address: Address,
    **more: object,
) -> None:
    """more: fields by Zoho's names that replace the defaults."""
    currencies = _currencies(centre, currency)
    base = currencies[currency]
    details: Record = {
        "organization_id": organization_id,
        "name": name,
        **DETAILS,
        "currency_id": base["currency_id"],
        "currency_code": currency,
        "currency_symbol": base["currency_symbol"],
        "price_precision": base["price_precision"],
        "portal_name": name.lower().replace(" ", "").replace("&", ""),
        "org_address": address.in_lines(),
        "custom_fields": [],
        "address": address.to_zoho(),
        "taxes": [
            {"tax_id": centre.new_id(), "tax_name": tax, "tax_percentage": percent}
            for tax, percent in TAXES[centre.code]
        ],
        **more,
    }
    organisation = Organisation(details=details, member_ids=[user["user_id"]], currencies=currencies)
    organisation.settings["payment_gateways"] = ["stripe"] if organisation.has_billing else []
    centre.organisations[organization_id] = organisation


def _currencies(centre: DataCentre, base: str) -> dict[str, Record]:
    return {
        code: {
            "currency_id": centre.new_id(),
            "currency_code": code,
            "currency_symbol": symbol,
            "price_precision": precision,
            "exchange_rate": round(IN_DOLLARS[code] / IN_DOLLARS[base], 6),
        }
        for code, (symbol, precision) in CURRENCIES.items()
    }
