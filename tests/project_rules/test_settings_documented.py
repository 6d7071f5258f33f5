"""Whoever sets Foyer up finds every variable, with one line of why, in one file."""

from __future__ import annotations

from pathlib import Path

from config.settings import load_settings
from tests.project_rules.project_files import python_files, text_of
from tests.project_rules.settings_rules import (
    settings_faults,
    values_shown,
    variables_explained,
    variables_read,
)

EXAMPLE = Path("config/environment.example")


def test_every_setting_is_documented_and_nothing_else() -> None:
    files = [path for path in python_files() if not path.is_relative_to("tests/project_rules")]
    read = {name for path in files for name in variables_read(text_of(path))}
    assert read, "no program reads any variable: this rule looks in the wrong place"
    assert settings_faults(read, variables_explained(text_of(EXAMPLE))) == []


def test_the_values_in_the_example_are_the_defaults() -> None:
    shown = values_shown(text_of(EXAMPLE))
    required = {
        **{
            name: shown[name]
            for name in ("FOYER_PORTAL_URL", "REDIS_URL", "CACHE_REDIS_URL", "FOYER_MAIL_FROM")
        },
        "FOYER_SEALING_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "FOYER_ZOHO_CLIENT_ID": "1000.ABC",
        "FOYER_ZOHO_CLIENT_SECRET": "secret",
        "FOYER_SMTP_URL": "smtp://mail.example.com:587",
    }
    assert load_settings(shown | required) == load_settings(required)


def test_the_rule_catches_what_is_undocumented_unread_or_unexplained() -> None:
    read = variables_read("a = environ['FOYER_SECRET_DOOR']; b = environ.get('REDIS_URL'); c = 'FOYER_'")
    assert read == {"FOYER_SECRET_DOOR", "REDIS_URL"}
    explained = variables_explained("# Where records live.\nREDIS_URL=redis://x\n\nFOYER_OLD=1\n")
    faults = settings_faults(read, explained)
    assert [fault.split()[0] for fault in faults] == ["FOYER_SECRET_DOOR", "FOYER_OLD", "FOYER_OLD"]


def test_one_line_of_why_may_stand_above_several_variables() -> None:
    example = "# Id and secret of the registered application.\nFOYER_ID=x\nFOYER_SECRET=y\n# FOYER_ID_EU=z\n"
    assert settings_faults({"FOYER_ID", "FOYER_SECRET"}, variables_explained(example)) == []
