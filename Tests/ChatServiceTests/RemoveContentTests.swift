import ChatDomain
import ChatService
import Testing

@Suite("Removing what a person wrote")
struct RemoveContentTests {
    @Test(
        "Everything until then goes, everywhere, as if deleted by hand; what others wrote and what comes later stays"
    )
    func removal() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(members: [bert], by: anna)
            let direct = try await test.chat.openDirect(with: anna, by: bert).id
            let root = try await test.send("root", to: room, by: anna)
            // More than two batches.
            for number in 1...120 { try await test.send("b\(number)", to: room, by: bert) }
            try await test.send("reply", to: room, quoting: root.seq, by: bert)
            try await test.send("direct", to: direct, by: bert)
            try await test.send("kept", to: direct, by: anna)
            var change = PersonChange()
            change.removesContent = true
            let actor = Actor(anna, from: RequestSource(.local))
            _ = try await test.chat.changePerson(bert, change, by: actor)
            test.clock.advance(milliseconds: 1)
            try await test.send("later", to: room, by: bert)
            test.announcer.clear()
            // In steps, so that a restart in between goes on.
            #expect(try await test.chat.removeContent())
            while try await test.chat.removeContent() {}
            #expect(try await !test.chat.removeContent())
            let page = try await test.chat.loadPage(of: room, .newest, limit: 200, by: anna).messages
            let texts = page.filter { $0.kind == .text && !$0.isDeleted }.map(\.body)
            #expect(texts == ["root", "later"])
            #expect(page.filter(\.isDeleted).count == 121)
            #expect(page.first { $0.seq == root.seq }?.replies == 0)
            #expect(page.filter(\.isDeleted).allSatisfy { $0.deletedBy == anna && $0.body.isEmpty })
            let talk = try await test.chat.loadPage(of: direct, .newest, by: bert).messages
            #expect(talk.map(\.body) == ["", "kept"])
            // 122 deletions, and the reply that counts no more.
            #expect(test.announcer.all.count == 123)
            let audit = try await test.chat.auditEntries(
                before: nil, action: .contentRemoved, actor: nil, limit: 10, by: anna)
            #expect(audit.first?.target == bert.description)
        }
    }
}
