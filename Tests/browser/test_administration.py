"""What administrators do: to people, invitations, rooms and the server; and what they can read about it afterwards."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from person import PASSWORD, Person
from voice import Voice


@pytest.fixture
def admin(town):
    ada = town.visit()
    yield ada


@pytest.fixture
def gil(town):
    """Somebody new to rule over, with a browser."""
    n = len(town.voices)
    voice = Voice(town.url, f"Gil {'abcdefghij'[n % 10] * (n // 10 + 1)}").sign_up(town.ada.invite())
    town.voices.append(voice)
    person = town.visit(voice.name)
    person.open("/")
    return person


def page_of(admin, name: str) -> None:
    admin.page.goto(f"{admin.url}/admin/{name}")
    expect(admin.page.locator(".desk-page h1")).to_be_visible()


def manage(admin, whom: str):
    page_of(admin, "people")
    admin.page.get_by_role("button", name=f"Manage {whom}").click()
    return admin.page.get_by_role("dialog", name=whom)


def test_person_is_deactivated_at_once_and_comes_back(admin, gil):
    dialog = manage(admin, gil.name)
    dialog.get_by_role("button", name=re.compile("^Deactivate")).click()
    confirm = dialog.get_by_role("form", name="Deactivate")
    confirm.get_by_role("textbox").fill("somebody else")
    expect(confirm.get_by_role("button", name="Deactivate")).to_be_disabled()
    confirm.get_by_role("textbox").fill(gil.username)
    confirm.get_by_role("button", name="Deactivate").click()
    expect(dialog).to_contain_text("Deactivated")
    expect(gil.page.get_by_role("heading", name=re.compile("^Sign in to"))).to_be_visible()
    gil.page.get_by_label("User name").fill(gil.username)
    gil.page.get_by_label("Password", exact=True).fill(PASSWORD)
    gil.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(gil.page.get_by_text("is deactivated")).to_be_visible()
    dialog.get_by_role("button", name=re.compile("^Activate again")).click()
    expect(dialog).not_to_contain_text("Deactivated")
    gil.page.goto(gil.url)
    gil.page.get_by_label("User name").fill(gil.username)
    gil.page.get_by_label("Password", exact=True).fill(PASSWORD)
    gil.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(gil.search).to_be_visible()


def test_member_becomes_administrator_and_member_again(admin, gil):
    dialog = manage(admin, gil.name)
    dialog.get_by_role("button", name=re.compile("^Make administrator")).click()
    expect(dialog).to_contain_text("Administrator")
    gil.page.goto(f"{gil.url}/admin/overview")
    expect(gil.page.get_by_text("Database")).to_be_visible()
    dialog.get_by_role("button", name=re.compile("^Make member")).click()
    expect(dialog.get_by_role("button", name=re.compile("^Make administrator"))).to_be_visible()
    gil.page.goto(f"{gil.url}/admin/overview")
    expect(gil.search).to_be_visible()


def test_link_for_a_new_password_works_once(admin, gil):
    dialog = manage(admin, gil.name)
    dialog.get_by_role("button", name=re.compile("^Link for")).click()
    link = dialog.get_by_role("textbox", name="Link").input_value()
    gil.context.clear_cookies()
    gil.page.goto(link)
    gil.page.get_by_label("New password").fill("nine narrow bridges")
    gil.page.get_by_role("button", name="Set password").click()
    expect(gil.page.get_by_text("Your password is set.")).to_be_visible()
    gil.page.goto(link)
    expect(gil.page.get_by_role("heading", name="This link is no longer valid")).to_be_visible()


def test_account_is_made_and_handed_over(admin, town):
    page_of(admin, "people")
    admin.page.get_by_role("button", name="New account").click()
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Hana Sato")
    dialog.get_by_label("User name").fill("hana")
    dialog.get_by_role("button", name="Create account").click()
    link = dialog.get_by_role("textbox", name="Link").input_value()
    hana = Person(town.browser, town.url, "hana")
    town.people.append(hana)
    hana.page.goto(link)
    expect(hana.page.get_by_text("@hana")).to_be_visible()
    hana.page.get_by_label("New password").fill(PASSWORD)
    hana.page.get_by_role("button", name="Set password").click()
    expect(hana.page.get_by_text("Your password is set.")).to_be_visible()
    hana.sign_in()
    hana.open("/")


def test_invitation_into_a_room_is_made_and_taken_back(admin, town):
    page_of(admin, "invitations")
    admin.page.get_by_role("checkbox", name="Design review").or_(admin.page.get_by_role("button", name="Design review")).first.click()
    admin.page.get_by_role("button", name="Create invitation link").click()
    link = admin.page.get_by_role("textbox", name="Link").input_value()
    guest = Person(town.browser, town.url, "Ilja")
    town.people.append(guest)
    guest.page.goto(link)
    expect(guest.page.get_by_text("invites you")).to_be_visible()
    expect(guest.page.get_by_text("Design review")).to_be_visible()
    admin.page.get_by_role("button", name="Revoke").first.click()
    confirm = admin.page.get_by_role("group", name="Revoke").get_by_role("button", name="Revoke")
    if confirm.count():
        confirm.click()
    expect(admin.page.locator(".desk-page")).to_contain_text("Revoked")
    guest.page.reload()
    expect(guest.page.get_by_role("heading", name="This invitation is no longer valid")).to_be_visible()


def test_room_is_archived_for_its_members(admin, town):
    c = town.dana.call("room.create", name="Old plans", public=True)["conv"]["c"]
    dana = town.visit("Dana Okafor")
    dana.open(f"/c/{c}")
    page_of(admin, "rooms")
    row = admin.page.get_by_role("row").filter(has_text="Old plans")
    row.get_by_role("button", name=re.compile("^Archive")).click()
    expect(dana.page.get_by_text("It can be read, not written to.")).to_be_visible()
    row.get_by_role("button", name=re.compile("^Open again")).click()
    expect(dana.composer).to_be_visible()


def test_server_has_another_name_and_keeps_it(admin, town):
    page_of(admin, "server")
    admin.page.get_by_label("Name of this server").fill("Riverside")
    with admin.page.expect_response(lambda answer: answer.url.endswith("/api/admin/settings") and answer.request.method == "PUT") as saved:
        admin.page.get_by_role("button", name="Save").first.click()
    assert saved.value.ok
    admin.open("/")
    expect(admin.page.get_by_role("heading", name="Riverside")).to_be_visible()
    page_of(admin, "server")
    expect(admin.page.get_by_label("Name of this server")).to_have_value("Riverside")


def test_health_and_audit_tell_what_happened(admin, gil):
    page_of(admin, "overview")
    figures = admin.page.locator(".desk-page")
    for name in ("People online", "Connections", "Messages", "Database", "Version", "Memory"):
        expect(figures).to_contain_text(name)
    assert "NaN" not in figures.inner_text()
    page_of(admin, "audit")
    admin.page.get_by_label("Action").fill("signup")
    admin.page.get_by_label("By").fill(gil.username)
    admin.page.get_by_role("button", name="Filter").click()
    rows = admin.page.get_by_role("row").filter(has_text="signup")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(gil.name)
