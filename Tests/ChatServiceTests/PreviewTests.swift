import ChatDomain
import ChatService
import Foundation
import Synchronization
import Testing

@Suite("Previews of links")
struct PreviewTests {
    /// The web, as the test wants it.
    final class Web: OutboundClient {
        private struct State {
            var pages: [String: (type: String, body: [UInt8])] = [:]
            var asked: [String] = []
            var onRequest: (@Sendable () async throws -> Void)?
        }

        private let state = Mutex(State())

        var asked: [String] { state.withLock { $0.asked } }

        func page(_ url: String, _ body: String) {
            state.withLock { $0.pages[url] = ("text/html", Array(body.utf8)) }
        }

        func picture(_ url: String, _ bytes: [UInt8]) {
            state.withLock { $0.pages[url] = ("image/png", bytes) }
        }

        /// Something happens while a page is asked.
        func meanwhile(_ work: @escaping @Sendable () async throws -> Void) {
            state.withLock { $0.onRequest = work }
        }

        func send(_ request: OutboundRequest) async -> OutboundAnswer {
            let (page, work) = state.withLock { state in
                state.asked.append(request.url.text)
                defer { state.onRequest = nil }
                return (state.pages[request.url.text], state.onRequest)
            }
            do {
                try await work?()
            } catch {
                Issue.record("\(error)")
            }
            guard let page else { return .failed("There is nothing.") }
            return .answered(
                OutboundResponse(
                    status: 200, headers: [("Content-Type", page.type)], body: page.body, isCut: false,
                    url: request.url))
        }
    }

    private static let page = """
        <title>Plain</title><meta property="og:title" content="A page"><meta property="og:description" content="About it">
        <meta property="og:site_name" content="Example"><meta property="og:image" content="/p.png">
        """

    private func withPage(
        _ body: (TestChat, Web, UserID, ConversationID) async throws -> Void
    ) async throws {
        try await withChat { test in
            let admin = try await test.open()
            let room = try await test.room(by: admin)
            let web = Web()
            web.page("https://example.org/a", Self.page)
            web.picture("https://example.org/p.png", SampleImages.png())
            test.announcer.clear()
            try await body(test, web, admin, room)
        }
    }

    private func message(
        _ seq: MessageSeq, _ test: TestChat, _ room: ConversationID, _ user: UserID
    ) async throws -> Message {
        try await test.chat.message(seq, in: room, by: user)
    }

    @Test("A page is shown beneath the message a moment later, with its picture, to members only")
    func shown() async throws {
        try await withPage { test, web, admin, room in
            let sent = try await test.send("look: https://example.org/a!", to: room, by: admin)
            #expect(web.asked == [] && test.announcer.messages.last?.previews == [])
            try await test.chat.fetchPreviews(by: web)
            let shown = try await message(sent.seq, test, room, admin)
            let preview = try #require(shown.previews.first)
            #expect(shown.previews.count == 1 && shown.rev > 0)
            #expect(preview.title == "A page" && preview.text == "About it" && preview.site == "Example")
            #expect(preview.url == "https://example.org/a" && preview.size != nil)
            guard case .changed(let change) = test.announcer.all.last else {
                Issue.record("nobody was told")
                return
            }
            #expect(change.kind == .preview && change.message == shown)
            let image = try #require(preview.image)
            let (member, stranger) = (try await test.person("member"), try await test.person("stranger"))
            _ = try await test.chat.addMembers([member], to: room, by: admin)
            #expect(try await test.chat.openFile(image, thumbnail: false, by: member).count > 0)
            await expectError(.notFound) {
                try await test.chat.openFile(image, thumbnail: false, by: stranger)
            }
            // What a message shows stays, and so does its picture.
            test.clock.advance(days: 3)
            _ = try await test.chat.prune()
            #expect(try await message(sent.seq, test, room, admin).previews == [preview])
            #expect(try await test.chat.openFile(image, thumbnail: false, by: member).count > 0)
        }
    }

    @Test("A page is asked once a day, for everybody, also when it says nothing")
    func cached() async throws {
        try await withPage { test, web, admin, room in
            for _ in 0..<3 {
                try await test.send("https://example.org/a https://nothing.example/", to: room, by: admin)
            }
            try await test.chat.fetchPreviews(by: web)
            // Side by side two may ask before the first has its answer.
            try await test.chat.fetchPreviews(by: web)
            let before = web.asked.count
            let again = try await test.send(
                "https://example.org/a https://nothing.example/", to: room, by: admin)
            try await test.chat.fetchPreviews(by: web)
            #expect(web.asked.count == before)
            #expect(try await message(again.seq, test, room, admin).previews.map(\.title) == ["A page"])
            test.clock.advance(days: 2)
            web.page("https://example.org/a", "<title>Another</title>")
            let later = try await test.send("https://example.org/a", to: room, by: admin)
            try await test.chat.fetchPreviews(by: web)
            #expect(try await message(later.seq, test, room, admin).previews.map(\.title) == ["Another"])
            #expect(try await message(again.seq, test, room, admin).previews.map(\.title) == ["A page"])
        }
    }

    @Test("The author takes previews away, for good; nobody else does")
    func removed() async throws {
        try await withPage { test, web, admin, room in
            let other = try await test.person("other")
            _ = try await test.chat.addMembers([other], to: room, by: admin)
            let sent = try await test.send("https://example.org/a", to: room, by: admin)
            try await test.chat.fetchPreviews(by: web)
            await expectError(.forbidden) {
                try await test.chat.removePreviews(of: sent.seq, in: room, mid: test.mid(), by: other)
            }
            let mid = test.mid()
            let first = try await test.chat.removePreviews(of: sent.seq, in: room, mid: mid, by: admin)
            #expect(try await test.chat.removePreviews(of: sent.seq, in: room, mid: mid, by: admin) == first)
            #expect(try await message(sent.seq, test, room, admin).previews == [])
            #expect(try await message(sent.seq, test, room, admin).rev == first.rev)
            let early = try await test.send("https://example.org/a", to: room, by: admin)
            _ = try await test.chat.removePreviews(of: early.seq, in: room, mid: test.mid(), by: admin)
            try await test.chat.fetchPreviews(by: web)
            #expect(try await message(early.seq, test, room, admin).previews == [])
        }
    }

    @Test("An edit with other links begins anew; deletion takes previews along")
    func edited() async throws {
        try await withPage { test, web, admin, room in
            web.page("https://example.org/b", "<title>B</title>")
            let sent = try await test.send("https://example.org/a", to: room, by: admin)
            try await test.chat.fetchPreviews(by: web)
            _ = try await test.chat.editMessage(
                sent.seq, in: room, body: MessageBody("https://example.org/a, look"), base: 1,
                mid: test.mid(), by: admin)
            #expect(try await message(sent.seq, test, room, admin).previews.map(\.title) == ["A page"])
            _ = try await test.chat.editMessage(
                sent.seq, in: room, body: MessageBody("https://example.org/b"), base: 2, mid: test.mid(),
                by: admin)
            #expect(try await message(sent.seq, test, room, admin).previews == [])
            try await test.chat.fetchPreviews(by: web)
            #expect(try await message(sent.seq, test, room, admin).previews.map(\.title) == ["B"])
            _ = try await test.chat.deleteMessage(sent.seq, in: room, mid: test.mid(), by: admin)
            #expect(try await message(sent.seq, test, room, admin).previews == [])
        }
    }

    @Test(
        "What happens to a message while its page is asked is heeded",
        arguments: ["edit", "delete", "unpreview"])
    func meanwhile(what: String) async throws {
        try await withPage { test, web, admin, room in
            web.page("https://example.org/b", "<title>B</title>")
            let sent = try await test.send("https://example.org/a", to: room, by: admin)
            web.meanwhile {
                switch what {
                case "edit":
                    _ = try await test.chat.editMessage(
                        sent.seq, in: room, body: MessageBody("https://example.org/b"), base: 1,
                        mid: test.mid(),
                        by: admin)
                case "delete":
                    _ = try await test.chat.deleteMessage(sent.seq, in: room, mid: test.mid(), by: admin)
                default:
                    _ = try await test.chat.removePreviews(of: sent.seq, in: room, mid: test.mid(), by: admin)
                }
            }
            try await test.chat.fetchPreviews(by: web)
            let titles = try await message(sent.seq, test, room, admin).previews.map(\.title)
            #expect(titles == (what == "edit" ? ["B"] : []))
        }
    }

    @Test("Nothing is fetched while that is switched off, also what waited")
    func off() async throws {
        try await withPage { test, web, admin, room in
            let early = try await test.send("https://example.org/a", to: room, by: admin)
            var change = SettingsChange()
            change.fetchesPreviews = false
            _ = try await test.chat.changeSettings(change, by: admin, from: .local)
            try await test.send("https://example.org/a", to: room, by: admin)
            try await test.chat.fetchPreviews(by: web)
            change.fetchesPreviews = true
            _ = try await test.chat.changeSettings(change, by: admin, from: .local)
            try await test.chat.fetchPreviews(by: web)
            #expect(web.asked == [])
            #expect(try await message(early.seq, test, room, admin).previews == [])
        }
    }

    @Test(
        "A picture that is none, or damaged, is left out",
        arguments: [
            Array("<svg onload=alert(1)>".utf8), [UInt8](SampleImages.png().prefix(40)), [],
        ])
    func pictures(bytes: [UInt8]) async throws {
        try await withPage { test, web, admin, room in
            web.picture("https://example.org/p.png", bytes)
            let sent = try await test.send("https://example.org/a", to: room, by: admin)
            try await test.chat.fetchPreviews(by: web)
            let preview = try #require(try await message(sent.seq, test, room, admin).previews.first)
            #expect(preview.title == "A page" && preview.image == nil)
        }
    }
}
