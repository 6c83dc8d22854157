import ChatDomain
import ChatService
import Testing

@Suite("Many at once")
struct ConcurrencyTests {
    @Test("16 writers, 200 messages each: one order, no hole, announced in that order")
    func oneConversation() async throws {
        try await withChat { test in
            let anna = try await test.open()
            var people = [anna]
            for index in 1..<16 { people.append(try await test.person("user\(index)")) }
            let room = try await test.room(members: Array(people.dropFirst()), by: anna)
            let before = try await test.summary(room, for: anna).seq
            test.announcer.clear()
            let sent = Gathered<(MessageSeq, String)>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (writer, person) in people.enumerated() {
                    group.addTask {
                        var last = MessageSeq.zero
                        for number in 0..<200 {
                            let body = "\(writer).\(number)"
                            let answer = try await test.send(body, to: room, by: person)
                            // One writer's messages keep their order.
                            #expect(answer.seq > last)
                            last = answer.seq
                            sent.add((answer.seq, body))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let expected = (1...3_200).map { MessageSeq(before.rawValue + UInt32($0)) }
            let acknowledged = sent.all.sorted { $0.0 < $1.0 }
            #expect(acknowledged.map(\.0) == expected)
            let announced = test.announcer.messages
            #expect(announced.map(\.seq) == expected)
            #expect(announced.map(\.body) == acknowledged.map(\.1))
            var stored: [Message] = []
            while stored.count < 3_200 {
                let from = stored.last?.seq ?? before
                stored += try await test.chat.loadPage(of: room, .after(from), limit: 200, by: anna).messages
            }
            #expect(stored == announced)
        }
    }

    @Test("Resends that race create one message per cid, and all hear the same place")
    func racingResends() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let room = try await test.room(by: anna)
            test.announcer.clear()
            let cids = (0..<50).map { _ in test.cid() }
            let answers = try await withThrowingTaskGroup(of: (ClientMessageID, SentMessage).self) { group in
                for attempt in 0..<400 {
                    let cid = cids[attempt % cids.count]
                    group.addTask { (cid, try await test.send("\(cid)", cid: cid, to: room, by: anna)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for cid in cids {
                let mine = answers.filter { $0.0 == cid }.map(\.1)
                #expect(mine.count == 8)
                #expect(Set(mine.map(\.seq)).count == 1)
                #expect(mine.filter { !$0.isDuplicate }.count == 1)
            }
            #expect(test.announcer.messages.count == 50)
            #expect(Set(test.announcer.messages.compactMap(\.clientID)) == Set(cids))
            #expect(try await test.summary(room, for: anna).seq == MessageSeq(51))
        }
    }

    @Test("Conversations have counters of their own")
    func manyConversations() async throws {
        try await withChat { test in
            let anna = try await test.open()
            var rooms: [ConversationID] = []
            for index in 0..<10 { rooms.append(try await test.room("Room \(index)", by: anna)) }
            test.announcer.clear()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for room in rooms {
                    for _ in 0..<30 { group.addTask { try await test.send("x", to: room, by: anna) } }
                }
                try await group.waitForAll()
            }
            for room in rooms {
                let seqs = test.announcer.messages.filter { $0.conversation == room }.map(\.seq.rawValue)
                #expect(seqs == Array(2...31))
            }
        }
    }

    @Test("Whoever opens the same direct conversation at once gets one")
    func racingDirect() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            let ids = try await withThrowingTaskGroup(of: ConversationID.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        index.isMultiple(of: 2)
                            ? try await test.chat.openDirect(with: bert, by: anna).id
                            : try await test.chat.openDirect(with: anna, by: bert).id
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(test.announcer.all.count == 2)
        }
    }

    @Test("A socket that attaches misses nothing and hears nothing twice")
    func attach() async throws {
        try await withChat { test in
            let signedIn = try await test.setUp("anna")
            let anna = signedIn.account.user.id
            let subscribed = Gathered<(conversations: Set<ConversationID>, announced: Int)>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask { _ = try await test.room("Room \(index)", by: anna) }
                    group.addTask {
                        try await test.chat.attach(session: signedIn.session, of: anna) { conversations in
                            subscribed.add((Set(conversations), test.announcer.all.count))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let all = test.announcer.all
            for (conversations, announced) in subscribed.all {
                let before = all.prefix(announced).compactMap {
                    if case .memberAdded(let summary, _) = $0 { summary.id } else { nil as ConversationID? }
                }
                #expect(conversations == Set(before))
            }
            #expect(subscribed.all.count == 40)
        }
    }

    @Test("A socket of a session that ended does not attach")
    func attachAfterSignOut() async throws {
        try await withChat { test in
            let signedIn = try await test.setUp("anna")
            try await test.chat.signOut(signedIn.token)
            await expectError(.unauthorized) {
                try await test.chat.attach(session: signedIn.session, of: signedIn.account.user.id) { _ in
                    Issue.record("attached")
                }
            }
        }
    }
}
