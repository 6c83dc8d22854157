import ChatDomain
import ChatService
import Testing

@Suite("Sending")
struct SendMessageTests {
    @Test("A message gets the next place and is announced with everything")
    func send() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let direct = try await test.chat.openDirect(with: bert, by: anna).id
            test.announcer.clear()
            let cid = test.cid()
            let sent = try await test.send("Hello", cid: cid, to: direct, by: bert)
            #expect(sent.seq == MessageSeq(1))
            #expect(!sent.isDuplicate)
            #expect(sent.sentAt == test.clock.now())
            #expect(sent.id == "\(direct)/1")
            var message = Message(
                conversation: direct, seq: MessageSeq(1), clientID: cid, sender: bert, senderName: "Bert",
                sentAt: test.clock.now(), body: "Hello", kind: .text)
            message.count = 1
            #expect(test.announcer.all == [.message(message)])
            #expect(try await test.chat.loadPage(of: direct, .newest, by: anna).messages == [message])
        }
    }

    @Test("The same cid again answers the first result and creates nothing")
    func duplicate() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            let cid = test.cid()
            let first = try await test.send("Hello", cid: cid, to: room, by: anna)
            test.clock.advance(milliseconds: 5_000)
            try await test.send("Between", to: room, by: anna)
            test.announcer.clear()
            let again = try await test.send("Hello", cid: cid, to: room, by: anna)
            #expect(again.isDuplicate)
            #expect(again.seq == first.seq)
            #expect(again.sentAt == first.sentAt)
            #expect(test.announcer.all.isEmpty)
            #expect(try await test.summary(room, for: anna).seq == MessageSeq(3))
        }
    }

    @Test("A cid with other content, or elsewhere, is an error and changes nothing")
    func reused() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            let other = try await test.room("Other", by: anna)
            let cid = test.cid()
            try await test.send("Hello", cid: cid, to: room, by: anna)
            test.announcer.clear()
            await expectError(.cidReused) { try await test.send("Hello!", cid: cid, to: room, by: anna) }
            await expectError(.cidReused) { try await test.send("Hello", cid: cid, to: other, by: anna) }
            #expect(test.announcer.all.isEmpty)
            #expect(try await test.summary(room, for: anna).seq == MessageSeq(2))
            #expect(try await test.summary(other, for: anna).seq == MessageSeq(1))
        }
    }

    @Test("A cid belongs to its person: others may use the same")
    func othersCid() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(members: [bert], by: anna)
            let cid = test.cid()
            let one = try await test.send("Hello", cid: cid, to: room, by: anna)
            let other = try await test.send("Hello", cid: cid, to: room, by: bert)
            #expect(!other.isDuplicate)
            #expect(other.seq == one.seq.next)
        }
    }

    @Test("Foreign and unknown conversations are not found, whatever their kind")
    func foreign() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let carl = try await test.person("carl")
            let places = [
                try await test.room(isPublic: true, by: anna), try await test.room(isPublic: false, by: anna),
                try await test.chat.openDirect(with: bert, by: anna).id,
                try await test.chat.openDirect(with: anna, by: anna).id, ConversationID(bits: 1),
            ]
            test.announcer.clear()
            for place in places {
                await expectError(.notFound) { try await test.send("x", to: place, by: carl) }
            }
            await expectError(.notFound) { try await test.send("x", to: places[0], by: UserID(bits: 1)) }
            #expect(test.announcer.all.isEmpty)
        }
    }

    @Test("Ten a second, thirty at once, and the wait is in the answer")
    func rate() async throws {
        var limits = RateLimits.none
        limits.sends = RateLimits().sends
        try await withChat(limits: limits) { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            for _ in 0..<30 { try await test.send("x", to: room, by: anna) }
            let error = await expectError(.rate) { try await test.send("x", to: room, by: anna) }
            #expect(error?.retryable == true)
            #expect(error?.after == 100)
            test.clock.advance(milliseconds: 100)
            try await test.send("x", to: room, by: anna)
            await expectError(.rate) { try await test.send("x", to: room, by: anna) }
            #expect(try await test.summary(room, for: anna).seq == MessageSeq(32))
        }
    }

    @Test("Times do not go back inside a conversation, even when the clock does")
    func clockBack() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            let first = try await test.send("x", to: room, by: anna)
            test.clock.advance(milliseconds: -60_000)
            let second = try await test.send("y", to: room, by: anna)
            #expect(second.sentAt == first.sentAt)
            test.clock.advance(milliseconds: 120_000)
            #expect(try await test.send("z", to: room, by: anna).sentAt > first.sentAt)
        }
    }

    @Test("Every character comes back as it was sent")
    func bodies() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            let bodies = [
                "'; DROP TABLE messages; --", "\u{202E}\u{FEFF}", "e\u{301} é", "👩‍👩‍👧‍👦", "\r\n\t x ",
                "\\ % _ \" '",
                String(repeating: "💬", count: 20_000),
            ]
            for body in bodies { try await test.send(body, to: notes, by: anna) }
            let stored = try await test.chat.loadPage(of: notes, .newest, by: anna).messages.map(\.body)
            #expect(stored.map { Array($0.utf8) } == bodies.map { Array($0.utf8) })
            #expect(test.announcer.messages.map { Array($0.body.utf8) } == bodies.map { Array($0.utf8) })
        }
    }
}
