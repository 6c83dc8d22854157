import ChatDomain
import ChatStoreSQLite
import Testing

@testable import ChatService

@Suite("Administrating people")
struct AdministrationTests {
    @Test("An unknown name and a wrong password do the same work: one comparison, one entry of the log")
    func noEnumeration() async throws {
        try await withChat { test in
            try await test.setUp("anna")
            let hasher = CountingHasher()
            let chat = Chat(
                store: test.store, clock: test.clock, random: test.random, hasher: hasher,
                announcer: test.announcer, limits: .none)
            var answers: [ChatError?] = []
            var work: [[String]] = []
            for username in ["anna", "nobody"] {
                hasher.clear()
                let commits = test.store.activity.commits
                answers.append(
                    await expectError(.credentials) {
                        try await chat.signIn(
                            username: Username(username), password: Password("horse battery 8"), from: .local)
                    })
                work.append(hasher.calls + ["commits \(test.store.activity.commits - commits)"])
            }
            #expect(answers[0] == answers[1])
            #expect(work[0] == ["verify", "commits 1"])
            #expect(work[1] == work[0])
        }
    }

    @Test(
        "A closed account is told apart only by who knows its password",
        arguments: [(AccountState.banned, ChatError.Code.banned), (.deactivated, .deactivated)])
    func closed(state: AccountState, code: ChatError.Code) async throws {
        try await withChat { test in
            let admin = try await test.open()
            let bert = try await test.signUp("bert")
            let room = try await test.room(members: [bert.account.user.id], by: admin)
            var change = PersonChange()
            change.state = state
            test.announcer.clear()
            let person = try await test.chat.changePerson(
                bert.account.user.id, change, by: Actor(admin, from: .local))
            #expect(person.user.state == state && person.sessions == 0)
            #expect(
                test.announcer.all
                    == [.accountClosed(person.user.id), .userChanged(person.user, in: [room])])
            await expectError(.unauthorized) { try await test.chat.authenticate(bert.token) }
            await expectError(.credentials) { try await test.signIn("bert", password: "horse battery 8") }
            await expectError(code) { try await test.signIn("bert") }
            await expectError(.notFound) { try await test.send("hi", to: room, by: bert.account.user.id) }
            change.state = .active
            _ = try await test.chat.changePerson(
                bert.account.user.id, change, by: Actor(admin, from: .local))
            _ = try await test.signIn("bert")
            try await test.send("hi", to: room, by: bert.account.user.id)
        }
    }

    @Test("Somebody always administrates, also when two take each other's role at once")
    func lastAdmin() async throws {
        try await withChat { test in
            let anna = try await test.open()
            let bert = try await test.person("bert")
            var demotion = PersonChange()
            demotion.role = .member
            var closing = PersonChange()
            closing.state = .deactivated
            for change in [demotion, closing] {
                await expectError(.lastAdmin) {
                    try await test.chat.changePerson(anna, change, by: Actor(anna, from: .local))
                }
            }
            var promotion = PersonChange()
            promotion.role = .admin
            _ = try await test.chat.changePerson(bert, promotion, by: Actor(anna, from: .local))
            let change = demotion
            let winners = await withTaskGroup(of: Bool.self) { group in
                for (target, actor) in [(anna, bert), (bert, anna)] {
                    group.addTask {
                        (try? await test.chat.changePerson(target, change, by: Actor(actor, from: .local)))
                            != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
            #expect(try await test.store.read { try $0.administratorCount() } == 1)
        }
    }

    @Test("An account made for somebody is opened by its link, once, and the link tells whose it is")
    func handOver() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let actor = Actor(admin, from: .local)
            let (user, reset) = try await test.chat.makePerson(
                username: Username("dora"), name: DisplayName("Dora"), role: .member, by: actor)
            await expectError(.usernameTaken) {
                try await test.chat.makePerson(
                    username: Username("Dora"), name: DisplayName("D"), role: .member, by: actor)
            }
            await expectError(.credentials) { try await test.signIn("dora") }
            #expect(try await test.chat.checkReset(reset.code) == user)
            await expectError(.invalid) {
                try await test.chat.resetPassword(reset.code, to: Password("password123"), from: .local)
            }
            try await test.chat.resetPassword(reset.code, to: Password(TestChat.password), from: .local)
            #expect(try await test.chat.checkReset(reset.code) == nil)
            await expectError(.notFound) {
                try await test.chat.resetPassword(reset.code, to: Password(TestChat.password), from: .local)
            }
            let signedIn = try await test.signIn("dora")

            let again = try await test.chat.makeReset(for: user.id, by: actor)
            let newest = try await test.chat.makeReset(for: user.id, by: actor)
            #expect(try await test.chat.checkReset(again.code) == nil)
            test.announcer.clear()
            try await test.chat.resetPassword(newest.code, to: Password("correct horse 11"), from: .local)
            #expect(test.announcer.all == [.sessionEnded(signedIn.session)])

            let late = try await test.chat.makeReset(for: user.id, by: actor)
            test.clock.advance(days: 3)
            await expectError(.notFound) {
                try await test.chat.resetPassword(late.code, to: Password(TestChat.password), from: .local)
            }
        }
    }

    @Test("People are listed page by page, in any state")
    func list() async throws {
        try await withChat { test in
            let admin = try await test.open()
            for name in ["bert", "carl", "dora"] { _ = try await test.signUp(name) }
            func page(_ text: String, after: UserID?, limit: Int) async throws -> [AdminPerson] {
                try await test.chat.listPeople(SearchText(text), after: after, limit: limit, by: admin)
            }
            let first = try await page("", after: nil, limit: 3)
            #expect(first.map(\.user.username) == ["admin", "bert", "carl"])
            #expect(first[1].sessions == 1 && first[1].seenAt == test.clock.now() && !first[1].hasTOTP)
            #expect(try await page("", after: first[2].user.id, limit: 3).map(\.user.username) == ["dora"])
            #expect(try await page("AR", after: nil, limit: 3).map(\.user.username) == ["carl"])
            await expectError(.forbidden) {
                try await test.chat.listPeople(
                    SearchText(""), after: nil, by: try await test.signIn("bert").account.user.id)
            }
        }
    }

    @Test("A changed name or status reaches the conversations of the person; other changes nobody")
    func profile() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(members: [bert], by: admin)
            var change = ProfileChange()
            change.name = try DisplayName("Bert B.")
            change.status = try StatusText("at lunch")
            test.announcer.clear()
            let profile = try await test.chat.changeProfile(change, by: bert, from: .local)
            #expect(profile.account.user.name == "Bert B." && profile.account.user.status == "at lunch")
            #expect(test.announcer.all == [.userChanged(profile.account.user, in: [room])])
            #expect(try await test.summary(room, for: admin).members == 2)
            var own = ProfileChange()
            own.locale = try LanguageTag("de")
            own.preferences = try Preferences(json: #"{"theme":"dark"}"#)
            test.announcer.clear()
            let after = try await test.chat.changeProfile(own, by: bert, from: .local)
            #expect(after.locale?.text == "de" && after.preferences.json == #"{"theme":"dark"}"#)
            #expect(after.account == profile.account)
            #expect(test.announcer.all.isEmpty)
        }
    }
}

/// Counts what it is asked to do, and does it.
private final class CountingHasher: PasswordHasher {
    private let base = Argon2PasswordHasher(cost: .init(memory: 8, passes: 1))
    private let log = Gathered<String>()
    private let start = Gathered<Int>()

    var calls: [String] { Array(log.all.dropFirst(start.all.last ?? 0)) }

    func clear() { start.add(log.all.count) }

    nonisolated(nonsending) func hash(_ password: Password) async throws(ChatError) -> PasswordHash {
        log.add("hash")
        return try await base.hash(password)
    }

    nonisolated(nonsending) func verify(
        _ password: Password, against hash: PasswordHash?
    ) async throws(ChatError) -> Bool {
        log.add("verify")
        return try await base.verify(password, against: hash)
    }

    func isOutdated(_ hash: PasswordHash) -> Bool { base.isOutdated(hash) }
}
