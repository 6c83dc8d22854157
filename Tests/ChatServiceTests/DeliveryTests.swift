import ChatDomain
import ChatService
import ChatStoreSQLite
import Foundation
import Synchronization
import Testing

@Suite("Webhooks out")
struct DeliveryTests {
    /// The other side, as the test wants it.
    final class Receiver: HookSender {
        private struct State {
            var posts: [HookPost] = []
            var answers: [HookAnswer] = []
        }

        private let state = Mutex(State())

        /// What comes next; without a word 204.
        func answers(_ answers: HookAnswer...) { state.withLock { $0.answers += answers } }

        var bodies: [String] { state.withLock { $0.posts.map(\.message.body) } }

        func post(_ post: HookPost) async -> HookAnswer {
            state.withLock { state in
                state.posts.append(post)
                return state.answers.isEmpty
                    ? .answered(status: 204, text: nil) : state.answers.removeFirst()
            }
        }
    }

    private func withHook(
        _ match: HookMatch = .all, _ body: (TestChat, Receiver, UserID, ConversationID) async throws -> Void
    ) async throws {
        try await withChat { test in
            let admin = try await test.open()
            let room = try await test.room(by: admin)
            _ = try await test.chat.makeHook(
                .outgoing(WebURL("https://example.org/in"), match), name: DisplayName("Echo"), in: room,
                by: Actor(admin, from: .local))
            try await body(test, Receiver(), admin, room)
        }
    }

    private func last(_ test: TestChat, _ room: ConversationID, _ user: UserID) async throws -> Hook.Result? {
        try await test.chat.listHooks(of: room, by: user).first?.last
    }

    @Test("Messages are posted in order, once; sending does not wait for that")
    func inOrder() async throws {
        try await withHook { test, receiver, admin, room in
            for number in 1...5 { try await test.send("\(number)", to: room, by: admin) }
            #expect(receiver.bodies == [])
            #expect(try await test.chat.deliverHooks(by: receiver) == nil)
            #expect(receiver.bodies == ["1", "2", "3", "4", "5"])
            #expect(try await test.chat.deliverHooks(by: receiver) == nil)
            #expect(receiver.bodies.count == 5)
            #expect(try await last(test, room, admin)?.status == 204)
        }
    }

    @Test(
        "What fails is tried five times more, later each time; what comes after it waits; then it is given up"
    )
    func retries() async throws {
        try await withHook { test, receiver, admin, room in
            try await test.send("first", to: room, by: admin)
            try await test.send("second", to: room, by: admin)
            for _ in 0..<5 { receiver.answers(.answered(status: 500, text: nil)) }
            receiver.answers(.failed("No answer came."))
            var pauses: [Int64] = []
            while let next = try await test.chat.deliverHooks(by: receiver) {
                pauses.append(next.milliseconds(since: test.clock.now()))
                #expect(try await last(test, room, admin)?.error == "The answer was 500.")
                test.clock.advance(milliseconds: pauses[pauses.count - 1] - 1)
                let count = receiver.bodies.count
                _ = try await test.chat.deliverHooks(by: receiver)
                #expect(receiver.bodies.count == count)
                test.clock.advance(milliseconds: 1)
            }
            #expect(pauses == [5_000, 30_000, 120_000, 600_000, 1_800_000])
            #expect(receiver.bodies == Array(repeating: "first", count: 6) + ["second"])
            #expect(try await last(test, room, admin)?.status == 204)
        }
    }

    @Test("An address that may not be reached is not tried again")
    func refused() async throws {
        try await withHook { test, receiver, admin, room in
            try await test.send("hello", to: room, by: admin)
            receiver.answers(.refused("This address is not public."))
            #expect(try await test.chat.deliverHooks(by: receiver) == nil)
            #expect(receiver.bodies == ["hello"])
            #expect(try await last(test, room, admin)?.error == "This address is not public.")
        }
    }

    @Test(
        "The answer's text is said as a reply, once, also when the delivery is repeated; bots trigger nothing"
    )
    func reply() async throws {
        try await withHook { test, receiver, admin, room in
            let asked = try await test.send("How late is it?", to: room, by: admin)
            receiver.answers(.answered(status: 200, text: "Noon."), .answered(status: 200, text: "One."))
            #expect(try await test.chat.deliverHooks(by: receiver) == nil)
            let messages = try await test.chat.loadPage(of: room, .newest, by: admin).messages
            #expect(messages.last?.body == "Noon." && messages.last?.quote?.seq == asked.seq)
            #expect(messages.last?.isFromBot == true && messages.last?.senderName == "Echo")
            #expect(receiver.bodies == ["How late is it?"])
            // As after a crash between the reply and the end of the delivery.
            try await test.store.write { store in
                let access = try #require(try store.access(of: admin, to: room))
                let hook = try #require(try store.hooks(of: access.conversation.key).first)
                try store.insertDelivery(of: asked.seq, by: hook.key, at: test.clock.now())
            } committed: { _ in
            }
            #expect(try await test.chat.deliverHooks(by: receiver) == nil)
            #expect(receiver.bodies.count == 2)
            #expect(try await test.summary(room, for: admin).seq == messages.last?.seq)
        }
    }

    @Test("What waits survives a restart; a deleted message is not posted")
    func waiting() async throws {
        try await withHook { test, receiver, admin, room in
            let gone = try await test.send("gone", to: room, by: admin)
            try await test.send("kept", to: room, by: admin)
            _ = try await test.chat.deleteMessage(gone.seq, in: room, mid: test.mid(), by: admin)
            // Another process would find the same.
            let other = Chat(store: test.store, clock: test.clock, announcer: test.announcer)
            _ = try await other.deliverHooks(by: receiver)
            #expect(receiver.bodies == ["kept"])
        }
    }

    @Test(
        "A hook waits for all messages, for those that name its bot, or for a word",
        arguments: [
            (nil, ["Deploy now", "@echo come", "`@echo` no", "redeployed"]),
            ("mention", ["@echo come"]), ("word", ["Deploy now"]),
        ] as [(String?, [String])])
    func matches(match: String?, expected: [String]) async throws {
        try await withHook(HookMatch(match, word: "deploy")) { test, receiver, admin, room in
            for body in ["Deploy now", "@echo come", "`@echo` no", "redeployed"] {
                try await test.send(body, to: room, by: admin)
            }
            _ = try await test.chat.deliverHooks(by: receiver)
            #expect(receiver.bodies == expected)
        }
    }

    @Test("A new message wakes whoever waits for deliveries")
    func wakes() async throws {
        try await withHook { test, receiver, admin, room in
            let waiting = Task { await test.chat.awaitDeliveries() }
            try await test.send("hello", to: room, by: admin)
            await waiting.value
            _ = try await test.chat.deliverHooks(by: receiver)
            #expect(receiver.bodies == ["hello"])
            let ended = Task { await test.chat.awaitDeliveries() }
            ended.cancel()
            await ended.value
        }
    }

    @Test("The signature is the HMAC of the time and the body")
    func signature() {
        // From `printf '1700000000.{}' | openssl dgst -sha256 -hmac key`.
        let value = HookSignature.value(
            of: Array("{}".utf8), key: Array("key".utf8), at: Timestamp(milliseconds: 1_700_000_000_999))
        #expect(value == "t=1700000000,v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae")
    }
}
