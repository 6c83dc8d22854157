import ChatDomain
import Testing

@testable import ChatService

@Suite("Changing messages")
struct ChangeTests {
    /// Anna owns a room; Bert moderates; Carl and Dora are members.
    private struct Scene {
        let test: TestChat
        let anna, bert, carl, dora: UserID
        let room: ConversationID

        init(_ test: TestChat) async throws {
            self.test = test
            let admin = try await test.open()
            anna = try await test.person("anna")
            bert = try await test.person("bert")
            carl = try await test.person("carl")
            dora = try await test.person("dora")
            room = try await test.room(members: [bert, carl, dora], by: anna)
            try await test.chat.changeRole(of: bert, in: room, to: .moderator, by: anna)
            _ = admin
        }

        func message(_ seq: MessageSeq) async throws -> Message {
            let page = try await test.chat.loadPage(of: room, .around(seq), limit: 1, by: anna)
            return try #require(page.messages.first)
        }

        func edit(
            _ seq: MessageSeq, _ body: String, base: Int64 = 1, mid: ChangeID? = nil, by user: UserID
        ) async throws -> ChangeResult {
            try await test.chat.editMessage(
                seq, in: room, body: MessageBody(body), base: base, mid: mid ?? test.mid(), by: user)
        }

        func delete(_ seq: MessageSeq, mid: ChangeID? = nil, by user: UserID) async throws -> ChangeResult {
            try await test.chat.deleteMessage(seq, in: room, mid: mid ?? test.mid(), by: user)
        }

        func react(
            _ seq: MessageSeq, _ emoji: String, _ isOn: Bool = true, mid: ChangeID? = nil, by user: UserID
        ) async throws -> ChangeResult {
            try await test.chat.reactToMessage(
                seq, in: room, emoji: Emoji(emoji), isOn: isOn, mid: mid ?? test.mid(), by: user)
        }

        func pin(
            _ seq: MessageSeq, _ isOn: Bool = true, mid: ChangeID? = nil, by user: UserID
        ) async throws -> ChangeResult {
            try await test.chat.pinMessage(seq, in: room, isOn: isOn, mid: mid ?? test.mid(), by: user)
        }
    }

    private func scene(_ body: (Scene) async throws -> Void) async throws {
        try await withChat { try await body(Scene($0)) }
    }

    @Test("An edit is announced complete, gets the next rev, and keeps every version")
    func edit() async throws {
        try await scene { scene in
            let test = scene.test
            let sent = try await test.send("one", to: scene.room, by: scene.carl)
            test.clock.advance(milliseconds: 5)
            test.announcer.clear()
            let first = try await scene.edit(sent.seq, "two", by: scene.carl)
            #expect(first == ChangeResult(rev: 1, version: 2))
            let message = try await scene.message(sent.seq)
            #expect(message.body == "two" && message.version == 2 && message.rev == 1)
            #expect(message.editedAt == test.clock.now())
            #expect(test.announcer.all == [.changed(MessageChange(kind: .edit, message: message))])
            test.clock.advance(milliseconds: 5)
            let second = try await scene.edit(sent.seq, "three", base: 2, by: scene.carl)
            #expect(second == ChangeResult(rev: 2, version: 3))
            let versions = try await test.chat.versions(of: sent.seq, in: scene.room, by: scene.dora)
            #expect(versions.map(\.body) == ["one", "two", "three"])
            #expect(versions.map(\.number) == [1, 2, 3])
            #expect(versions.map { $0.writtenAt.milliseconds(since: sent.sentAt) } == [0, 5, 10])
            #expect(try await test.summary(scene.room, for: scene.dora).rev == 2)
        }
    }

    @Test("Two devices: the edit that saw an old version is a conflict, and nothing is overwritten")
    func conflict() async throws {
        try await scene { scene in
            let sent = try await scene.test.send("one", to: scene.room, by: scene.carl)
            _ = try await scene.edit(sent.seq, "phone", by: scene.carl)
            await expectError(.conflict) { try await scene.edit(sent.seq, "desk", by: scene.carl) }
            #expect(try await scene.message(sent.seq).body == "phone")
            #expect(try await scene.edit(sent.seq, "phone", base: 2, by: scene.carl).rev == 1)
        }
    }

    @Test("The same mid again answers the first result and does nothing; with another request it is an error")
    func idempotent() async throws {
        try await scene { scene in
            let test = scene.test
            let sent = try await test.send("one", to: scene.room, by: scene.carl)
            let other = try await test.send("other", to: scene.room, by: scene.carl)
            let mid = test.mid()
            let first = try await scene.edit(sent.seq, "two", mid: mid, by: scene.carl)
            _ = try await scene.edit(sent.seq, "three", base: 2, by: scene.carl)
            test.announcer.clear()
            #expect(try await scene.edit(sent.seq, "two", mid: mid, by: scene.carl) == first)
            await expectError(.cidReused) { try await scene.edit(sent.seq, "x", mid: mid, by: scene.carl) }
            await expectError(.cidReused) { try await scene.edit(other.seq, "two", mid: mid, by: scene.carl) }
            await expectError(.cidReused) { try await scene.delete(sent.seq, mid: mid, by: scene.carl) }
            #expect(test.announcer.all.isEmpty)
            #expect(try await scene.message(sent.seq).body == "three")
            // Somebody else may use the same mid, and so may everybody after 30 days.
            _ = try await scene.react(sent.seq, "👍", mid: mid, by: scene.dora)
            test.clock.advance(days: 31)
            #expect(try await test.chat.prune().changeKeys == 3)
            _ = try await scene.edit(sent.seq, "four", base: 3, mid: mid, by: scene.carl)
        }
    }

    @Test("Deleting leaves a tombstone: no body, versions, reactions or pin, for everybody and at once")
    func delete() async throws {
        try await scene { scene in
            let test = scene.test
            let sent = try await test.send("secret @dora", to: scene.room, by: scene.carl)
            _ = try await scene.edit(sent.seq, "secret 2 @dora", by: scene.carl)
            _ = try await scene.react(sent.seq, "👍", by: scene.dora)
            _ = try await scene.pin(sent.seq, by: scene.bert)
            test.announcer.clear()
            let result = try await scene.delete(sent.seq, by: scene.carl)
            #expect(result.rev == 4)
            let message = try await scene.message(sent.seq)
            #expect(message.isDeleted && message.body.isEmpty && message.reactions.isEmpty)
            #expect(message.pinnedBy == nil && message.mentions.isEmpty && message.deletedBy == nil)
            #expect(test.announcer.all == [.changed(MessageChange(kind: .deletion, message: message))])
            #expect(try await test.chat.versions(of: sent.seq, in: scene.room, by: scene.dora) == [])
            #expect(try await test.chat.pins(of: scene.room, by: scene.dora) == [])
            #expect(try await test.chat.mentions(by: scene.dora).messages == [])
            #expect(try await test.summary(scene.room, for: scene.dora).mentions == 0)
            // Again it is nothing new; and nothing can be done to what is gone.
            #expect(try await scene.delete(sent.seq, by: scene.carl).rev == 4)
            await expectError(.notFound) { try await scene.edit(sent.seq, "x", base: 2, by: scene.carl) }
            await expectError(.notFound) { try await scene.react(sent.seq, "👍", by: scene.carl) }
            await expectError(.notFound) { try await scene.pin(sent.seq, by: scene.anna) }
        }
    }

    @Test("Who may delete whose: authors, moderators, owners, administrators who are members")
    func whoDeletes() async throws {
        try await scene { scene in
            let test = scene.test
            func message() async throws -> MessageSeq {
                try await test.send("x", to: scene.room, by: scene.carl).seq
            }
            let first = try await message()
            await expectError(.forbidden) { try await scene.delete(first, by: scene.dora) }
            _ = try await scene.delete(first, by: scene.bert)
            #expect(try await scene.message(first).deletedBy == scene.bert)
            _ = try await scene.delete(try await message(), by: scene.anna)
            let admin = try await test.signIn("admin").account.user.id
            let last = try await message()
            await expectError(.notFound) { try await scene.delete(last, by: admin) }
            _ = try await test.chat.joinRoom(scene.room, by: admin)
            _ = try await scene.delete(last, by: admin)
            // In a conversation of two only an administrator is above the other.
            let direct = try await test.chat.openDirect(with: scene.dora, by: scene.carl).id
            let sent = try await test.send("x", to: direct, by: scene.carl)
            await expectError(.forbidden) {
                try await test.chat.deleteMessage(sent.seq, in: direct, mid: test.mid(), by: scene.dora)
            }
        }
    }

    @Test("System messages and messages that do not exist cannot be changed")
    func notMessages() async throws {
        try await scene { scene in
            for seq in [MessageSeq(1), .zero, MessageSeq(999), .max] {
                await expectError(.notFound) { try await scene.edit(seq, "x", by: scene.anna) }
                await expectError(.notFound) { try await scene.delete(seq, by: scene.anna) }
                await expectError(.notFound) { try await scene.react(seq, "👍", by: scene.anna) }
                await expectError(.notFound) { try await scene.pin(seq, by: scene.anna) }
            }
        }
    }

    @Test("Reactions: in the order of first use, once a person, gone with the last one")
    func reactions() async throws {
        try await scene { scene in
            let sent = try await scene.test.send("x", to: scene.room, by: scene.carl)
            _ = try await scene.react(sent.seq, "👍", by: scene.dora)
            _ = try await scene.react(sent.seq, "❤️", by: scene.anna)
            #expect(try await scene.react(sent.seq, "👍", by: scene.bert).rev == 3)
            #expect(try await scene.react(sent.seq, "👍", by: scene.bert).rev == 3)
            #expect(
                try await scene.message(sent.seq).reactions == [
                    ReactionTally(emoji: "👍", count: 2, people: [scene.dora, scene.bert]),
                    ReactionTally(emoji: "❤️", count: 1, people: [scene.anna]),
                ])
            _ = try await scene.react(sent.seq, "👍", false, by: scene.dora)
            _ = try await scene.react(sent.seq, "👍", false, by: scene.bert)
            _ = try await scene.react(sent.seq, "👍", by: scene.carl)
            #expect(try await scene.message(sent.seq).reactions.map(\.emoji) == ["❤️", "👍"])
            _ = try await scene.react(sent.seq, "👍", false, by: scene.carl)
            _ = try await scene.react(sent.seq, "❤️", false, by: scene.anna)
            #expect(try await scene.message(sent.seq).reactions == [])
        }
    }

    @Test("Twenty different emoji, and then only those that are there")
    func manyReactions() async throws {
        try await scene { scene in
            let sent = try await scene.test.send("x", to: scene.room, by: scene.carl)
            let emoji = (0..<21).map { String(Character(Unicode.Scalar(0x1F600 + $0) ?? "x")) }
            for one in emoji.prefix(20) { _ = try await scene.react(sent.seq, one, by: scene.dora) }
            await expectError(.forbidden) { try await scene.react(sent.seq, emoji[20], by: scene.dora) }
            _ = try await scene.react(sent.seq, emoji[19], by: scene.bert)
            let reactions = try await scene.message(sent.seq).reactions
            #expect(reactions.map(\.emoji) == Array(emoji.prefix(20)))
            #expect(reactions.last?.count == 2)
        }
    }

    @Test("Pins: newest first, told by a system message, by moderators in rooms and by everybody elsewhere")
    func pins() async throws {
        try await scene { scene in
            let test = scene.test
            let one = try await test.send("one", to: scene.room, by: scene.carl)
            let two = try await test.send("two", to: scene.room, by: scene.carl)
            await expectError(.forbidden) { try await scene.pin(two.seq, by: scene.carl) }
            _ = try await scene.pin(two.seq, by: scene.bert)
            #expect(test.announcer.messages.last?.body == "Bert pinned a message.")
            _ = try await scene.pin(one.seq, by: scene.anna)
            #expect(try await test.chat.pins(of: scene.room, by: scene.dora).map(\.body) == ["one", "two"])
            #expect(try await scene.message(two.seq).pinnedBy == scene.bert)
            let count = test.announcer.all.count
            _ = try await scene.pin(one.seq, by: scene.bert)
            #expect(test.announcer.all.count == count)
            _ = try await scene.pin(one.seq, false, by: scene.bert)
            #expect(try await test.chat.pins(of: scene.room, by: scene.dora).map(\.body) == ["two"])
            let direct = try await test.chat.openDirect(with: scene.dora, by: scene.carl).id
            let sent = try await test.send("x", to: direct, by: scene.carl)
            _ = try await test.chat.pinMessage(
                sent.seq, in: direct, isOn: true, mid: test.mid(), by: scene.dora)
        }
    }

    @Test("At most a hundred pins")
    func manyPins() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let notes = try await test.chat.openDirect(with: anna, by: anna).id
            for index in 0...Limits.pinnedMessages {
                let sent = try await test.send("x", to: notes, by: anna)
                if index < Limits.pinnedMessages {
                    _ = try await test.chat.pinMessage(
                        sent.seq, in: notes, isOn: true, mid: test.mid(), by: anna)
                } else {
                    await expectError(.forbidden) {
                        try await test.chat.pinMessage(
                            sent.seq, in: notes, isOn: true, mid: test.mid(), by: anna)
                    }
                }
            }
        }
    }

    @Test("Who is muted neither edits nor reacts, but may delete; an archived room can only be read")
    func silencedAndArchived() async throws {
        try await scene { scene in
            let test = scene.test
            let sent = try await test.send("x", to: scene.room, by: scene.carl)
            try await test.chat.silence(
                scene.carl, in: scene.room, until: test.clock.now().advanced(byMilliseconds: 1_000),
                by: scene.anna)
            await expectError(.silenced) { try await scene.edit(sent.seq, "y", by: scene.carl) }
            await expectError(.silenced) { try await scene.react(sent.seq, "👍", by: scene.carl) }
            test.clock.advance(milliseconds: 2_000)
            _ = try await scene.edit(sent.seq, "y", by: scene.carl)
            try await test.chat.archiveRoom(scene.room, true, by: scene.anna)
            await expectError(.archived) { try await scene.edit(sent.seq, "z", base: 2, by: scene.carl) }
            await expectError(.archived) { try await scene.react(sent.seq, "👍", by: scene.carl) }
            await expectError(.archived) { try await scene.pin(sent.seq, by: scene.anna) }
            await expectError(.archived) { try await scene.delete(sent.seq, by: scene.carl) }
            let admin = try await test.signIn("admin").account.user.id
            await expectError(.notFound) { try await scene.delete(sent.seq, by: admin) }
        }
    }
}
