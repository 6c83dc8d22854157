"""A small town on one server: people, rooms and a day's worth of everything that a conversation can hold. Made once for a file of tests."""
from __future__ import annotations

from playwright.sync_api import Browser

from person import Person
from picture import png
from voice import Voice

CODE = """Here is the part that counts:

```swift
func nextNumber(in room: Room) -> Int {
    // One writer a room: the order is the order on disk.
    room.last += 1
    return room.last // and a line that is longer than any phone is wide, which has to scroll by itself
}
```

And the rest is `plain()`."""
LIST = """**Before Friday**

- the *empty list*, with one button
- ~~two colours~~ one colour for the tick
- [the draft](https://example.org/drafts/empty-list?v=3)

> One screen, not ten.

1. look
2. talk
3. decide"""


class Town:
    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.ada = Voice(url, "Ada Lovelace").sign_up()
        self.bob, self.chen, self.dana, self.emil = (
            Voice(url, name).sign_up(self.ada.invite()) for name in ("Björn Lindqvist", "Chen Wei", "Dana Okafor", "Émile Laurent")
        )
        self.voices = [self.ada, self.bob, self.chen, self.dana, self.emil]
        self.people: list[Person] = []
        self.ada.http("PATCH", "/api/me", {"status": "In the workshop until four"})
        self.dana.http("PUT", "/api/me/avatar", png(200, 200, 1), "image/png")
        self._direct()
        self._room()
        self._others()

    def _direct(self) -> None:
        self.talk = self.bob.direct("ada.lovelace")
        self.bob.say(self.talk, "Good morning! Did you get the train after all?")
        self.ada.say(self.talk, "I did, by a minute. The coffee did not make it.")
        self.ada.read(self.talk, 1)
        self.bob.read(self.talk, 2)

    def _room(self) -> None:
        ada, bob, chen, dana, emil = self.voices
        everybody = [dana.person(who.username) for who in (ada, bob, chen, emil)]
        self.room = room = dana.call("room.create", name="Design review", topic="Fridays at ten. Bring one screen, not ten.",
                                     public=True, members=everybody)["conv"]["c"]
        self.listed = dana.write(room, LIST)
        dana.change("pin", room, self.listed, on=True)
        self.edited = chen.write(room, "I have a propsal for the list")
        chen.change("edit", room, self.edited, body="I have a proposal for the list. It has one sentence and one button.", base=1)
        self.answer = emil.write(room, "One button is the right number of buttons.", reply=self.edited)
        ada.write(room, "Agreed", reply=self.edited)
        for who, signs in ((ada, "👍🎉"), (bob, "👍❤️"), (dana, "👍"), (emil, "👍😂")):
            for sign in ("👍", "🎉", "❤️", "😂"):
                if sign in signs:
                    who.change("react", room, self.edited, emoji=sign, on=True)
        self.code = chen.write(room, CODE)
        one = dana.upload("empty list, light.png", png(640, 420), "image/png")
        self.pictures = dana.write(room, "Both themes:", files=[one, dana.upload("empty list, dark.png", png(420, 420, 1), "image/png"),
                                                                 dana.upload("detail.png", png(300, 500, 2), "image/png")])
        self.single = emil.write(room, "", files=[emil.upload("ridge.png", png(800, 450, 2), "image/png")])
        self.document = chen.write(room, "The minutes", files=[chen.upload("Minutes of the design review, November 2026, second version.txt",
                                                                             b"decided: one button\n" * 80, "text/plain")])
        gone = bob.write(room, "Wrong room, sorry")
        bob.change("del", room, gone)
        self.mention = emil.write(room, "@ada.lovelace can you look at the tick before we meet? @all the room is 2.14 today")
        dana.change("pin", room, self.mention, on=True)
        self.last = bob.write(room, "👏")
        ada.read(room, self.document)

    def _others(self) -> None:
        ada, bob, chen, dana, emil = self.voices
        self.hikes = emil.call("room.create", name="Weekend hikes", topic="Short notice, good boots", public=True)["conv"]["c"]
        emil.say(self.hikes, "Saturday, the ridge path, seven o'clock?")
        self.private = chen.call("room.create", name="Surprise party", public=False,
                                 members=[chen.person("ada.lovelace"), chen.person("dana.okafor")])["conv"]["c"]
        chen.say(self.private, "She suspects nothing. Who brings the cake?")
        self.group = ada.call("group", members=[ada.person("bjorn.lindqvist"), ada.person("chen.wei")])["conv"]["c"]
        ada.say(self.group, "Lunch at one?")
        self.old = ada.call("room.create", name="Spring conference", topic="It was good", public=True)["conv"]["c"]
        ada.say(self.old, "Thanks, everybody.")
        ada.call("room.archive", c=self.old, on=True)

    def visit(self, name: str = "Ada Lovelace", **context: object) -> Person:
        """Somebody of the town at one more browser."""
        person = Person(self.browser, self.url, name, **context)
        self.people.append(person)
        person.sign_in()
        return person

    def close_browsers(self) -> list[str]:
        """What went wrong on their pages."""
        problems = [f"{person.name}: {problem}" for person in self.people for problem in person.problems]
        for person in self.people:
            person.leave()
        self.people.clear()
        return problems

    def leave(self) -> None:
        for voice in self.voices:
            voice.leave()
