"""Coming in: the first account, an invitation, signing in and out."""

from playwright.sync_api import expect

from person import PASSWORD


def test_first_visit_creates_the_administrator_who_stays_signed_in(visitor):
    ada = visitor("Ada Lovelace")
    ada.page.goto(ada.url)
    expect(ada.page.get_by_role("heading", name="Welcome to Parley")).to_be_visible()
    ada.page.get_by_label("Name of this server").fill("Riverside")
    ada.page.get_by_role("button", name="Continue").click()
    ada.page.get_by_label("Your name").fill("Ada Lovelace")
    expect(ada.page.get_by_label("User name")).to_have_value("ada.lovelace")
    ada.page.get_by_label("Password", exact=True).fill("short")
    ada.page.get_by_role("button", name="Create account").click()
    expect(ada.page.get_by_role("alert")).to_contain_text("at least 10 characters")
    ada.page.get_by_label("Password", exact=True).fill(PASSWORD)
    ada.page.get_by_role("button", name="Create account").click()
    expect(ada.page.get_by_label("Name of the room")).to_have_value("General")
    ada.page.get_by_role("button", name="Create room").click()
    expect(ada.page.get_by_role("img", name="QR code of the invitation link")).to_be_visible()
    link = ada.page.get_by_role("textbox", name="Invitation link").input_value()
    assert link.startswith(f"{ada.url}/join/")
    ada.page.get_by_role("button", name="Go to the room").click()
    expect(ada.page.get_by_role("region", name="General")).to_be_visible()

    ada.page.reload()
    expect(ada.page.get_by_role("region", name="General")).to_be_visible()
    expect(ada.page.get_by_role("heading", name="Riverside")).to_be_visible()


def test_second_person_comes_by_the_link_that_the_administrator_copied(member, visitor):
    ada = member("Ada", permissions=["clipboard-read", "clipboard-write"])
    ada.page.get_by_role("button", name="Invite people").click()
    ada.page.get_by_role("button", name="Create invitation link").click()
    link = ada.page.get_by_role("textbox", name="Link").input_value()
    assert link.startswith(f"{ada.url}/join/")
    ada.page.get_by_role("button", name="Copy").click()
    expect(ada.page.get_by_role("button", name="Copied")).to_be_visible()
    assert ada.page.evaluate("() => navigator.clipboard.readText()") == link

    bob = visitor("Bob")
    bob.page.goto(link)
    expect(bob.page.get_by_text("Ada invites you to Parley.")).to_be_visible()
    bob.page.get_by_label("Your name").fill("Bob")
    bob.page.get_by_label("Password", exact=True).fill(PASSWORD)
    bob.page.get_by_role("button", name="Create account").click()
    expect(bob.search).to_be_visible()
    expect(bob.page).to_have_url(f"{bob.url}/")

    late = visitor("Late")
    late.page.goto(link)
    expect(late.page.get_by_role("heading", name="This invitation is no longer valid")).to_be_visible()


def test_sign_out_and_in_again_with_one_neutral_error(member):
    ada = member("Ada")
    ada.page.get_by_role("button", name="Settings of Ada").click()
    ada.page.get_by_role("button", name="Sign out").click()
    expect(ada.page.get_by_role("heading", name="Sign in to Parley")).to_be_visible()
    for username, password in [("ada", "not the password"), ("nobody", PASSWORD)]:
        ada.page.get_by_label("User name").fill(username)
        ada.page.get_by_label("Password", exact=True).fill(password)
        ada.page.get_by_role("button", name="Sign in").click()
        expect(ada.page.get_by_role("alert")).to_have_text("User name or password is not right.")
    ada.page.get_by_label("User name").fill("Ada")
    ada.page.get_by_role("button", name="Sign in").click()
    expect(ada.search).to_be_visible()


def test_signing_out_closes_the_other_tabs(member):
    ada = member("Ada")
    other = ada.new_page()
    other.goto(ada.url)
    expect(other.get_by_text("No conversations yet.")).to_be_visible()
    ada.page.get_by_role("button", name="Settings of Ada").click()
    ada.page.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in to Parley")).to_be_visible()


def test_open_sign_up_is_the_administrators_choice(member, visitor):
    ada = member("Ada")
    stranger = visitor("Stranger")
    stranger.page.goto(stranger.url)
    expect(stranger.page.get_by_text("Ask somebody who is already here")).to_be_visible()
    expect(stranger.page.get_by_role("button", name="Create an account")).to_have_count(0)

    ada.page.goto(f"{ada.url}/admin/server")
    # The page itself reads the same address first.
    with ada.page.expect_response(
        lambda answer: answer.url.endswith("/api/admin/settings") and answer.request.method == "PUT"
    ) as saved:
        ada.page.get_by_role("radio", name="Everybody").click()
    assert saved.value.ok

    stranger.page.reload()
    stranger.page.get_by_role("button", name="Create an account").click()
    stranger.page.get_by_label("Your name").fill("Stranger")
    stranger.page.get_by_label("User name").fill("ada")
    stranger.page.get_by_label("Password", exact=True).fill(PASSWORD)
    stranger.page.get_by_role("button", name="Create account").click()
    expect(stranger.page.get_by_role("alert")).to_have_text("This user name is taken. Choose another one.")
    stranger.page.get_by_label("User name").fill("stranger")
    stranger.page.get_by_role("button", name="Create account").click()
    expect(stranger.search).to_be_visible()


def test_only_the_administrator_sees_the_servers_settings(member):
    member("Ada")
    bob = member("Bob")
    bob.page.get_by_role("button", name="Settings of Bob").click()
    expect(bob.page.get_by_role("navigation", name="Settings")).to_contain_text("Appearance")
    expect(bob.page.get_by_role("link", name="Administration")).to_have_count(0)
    bob.page.goto(f"{bob.url}/admin")
    expect(bob.search).to_be_visible()
