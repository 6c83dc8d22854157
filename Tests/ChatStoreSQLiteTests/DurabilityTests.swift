import ChatDomain
import ChatService
import ChatStoreSQLite
import Synchronization
import Testing

@Suite("What stays when the program starts again")
struct DurabilityTests {
    private struct Silent: Announcer {
        func announce(_ announcement: Announcement) {}
    }

    private func chat(over store: SQLiteChatStore) -> Chat {
        Chat(
            store: store, hasher: Argon2PasswordHasher(cost: .init(memory: 8, passes: 1)),
            announcer: Silent(),
            limits: .none)
    }

    @Test("Accounts, sessions, messages, positions and cids")
    func restart() async throws {
        let first = try StoreFixture()
        let before = chat(over: first.store)
        let anna = try await before.setUpFirstAccount(
            username: Username("anna"), name: DisplayName("Anna"), password: Password("horse battery 9"),
            from: .local)
        let notes = try await before.openDirect(with: anna.account.user.id, by: anna.account.user.id).id
        let cid = ClientMessageID(bits: 77)
        let sent = try await before.sendMessage(
            MessageBody("kept"), cid: cid, to: notes, by: anna.account.user.id)
        let seen = try await before.sync(for: anna.account.user.id)
        await first.store.close()

        let second = try StoreFixture(folder: first.folder)
        let after = chat(over: second.store)
        #expect(try await after.authenticate(anna.token).account == anna.account)
        #expect(try await after.sync(for: anna.account.user.id) == seen)
        let again = try await after.sendMessage(
            MessageBody("kept"), cid: cid, to: notes, by: anna.account.user.id)
        #expect(again.isDuplicate)
        #expect(again.seq == sent.seq)
        #expect(again.sentAt == sent.sentAt)
        do {
            _ = try await after.sendMessage(
                MessageBody("other"), cid: cid, to: notes, by: anna.account.user.id)
            Issue.record("sent")
        } catch let error as ChatError {
            #expect(error.code == .cidReused)
        }
        #expect(
            try await after.sendMessage(
                MessageBody("next"), cid: ClientMessageID(bits: 78), to: notes, by: anna.account.user.id
            ).seq == sent.seq.next)
        await second.store.close()
    }

    @Test("Secrets are not in the file")
    func secrets() async throws {
        let fixture = try StoreFixture()
        let chat = chat(over: fixture.store)
        let anna = try await chat.setUpFirstAccount(
            username: Username("anna"), name: DisplayName("Anna"), password: Password("horse battery 9"),
            from: .local)
        let invite = try await chat.createInvite(InviteTerms(), by: anna.account.user.id)
        await fixture.store.close()
        let bytes = try fixture.bytes()
        #expect(bytes.contains(Array("anna".utf8)))
        #expect(!bytes.contains(Array("horse battery".utf8)))
        #expect(!bytes.contains(Array(anna.token.text.utf8)))
        #expect(!bytes.contains(anna.token.bytes))
        #expect(!bytes.contains(Array(invite.code.text.utf8)))
    }
}
