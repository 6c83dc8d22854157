import ChatDomain
import Testing

@testable import ChatService

@Suite("Invitations into rooms")
struct InvitedRoomTests {
    @Test("Who signs up by an invitation is in its rooms at once, and others hear of it")
    func signUp() async throws {
        try await withChat { test in
            let admin = try await test.setUp().account.user.id
            let (one, two) = (
                try await test.room("One", by: admin), try await test.room("Two", isPublic: false, by: admin)
            )
            let invite = try await test.chat.createInvite(InviteTerms(), rooms: [one, two], by: admin)
            let information = try await test.chat.checkInvite(invite.code)
            #expect(information.rooms.map(\.name) == ["One", "Two"])
            #expect(information.rooms.map(\.members) == [1, 1])
            test.announcer.clear()
            let bert = try await test.signUp("bert", invite: invite.code).account.user.id
            #expect(try await test.summary(one, for: bert).members == 2)
            #expect(try await test.summary(two, for: bert).role == .member)
            #expect(test.announcer.messages.map(\.body) == ["Bert joined.", "Bert joined."])
            let told = test.announcer.all.compactMap {
                if case .memberAdded(let summary, bert) = $0 { summary.id } else { nil }
            }
            #expect(told == [one, two])
            #expect(try await test.chat.checkInvite(invite.code).rooms.isEmpty)
        }
    }

    @Test("Who has an account joins by the link; a use is taken only for something new")
    func accept() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let bert = try await test.person("bert")
            let room = try await test.room(isPublic: false, by: admin)
            let invite = try await test.chat.createInvite(InviteTerms(uses: 2), rooms: [room], by: admin)
            func accept() async throws -> [ConversationID] {
                try await test.chat.acceptInvite(invite.code, by: bert, from: .local)
            }
            #expect(try await accept() == [room])
            #expect(try await accept() == [room])
            let listed = try await test.chat.listInvites(by: admin)
            #expect(listed.map(\.used) == [1] && listed.map { $0.rooms.map(\.id) } == [[room]])
            try await test.chat.revokeInvite(invite.id, by: admin, from: .local)
            await expectError(.inviteInvalid) { try await accept() }
            #expect(try await test.chat.checkInvite(invite.code).problem == .revoked)
            await expectError(.notFound) {
                try await test.chat.revokeInvite(invite.id, by: admin, from: .local)
            }
        }
    }

    @Test("An invitation leads only where its maker may go")
    func foreignRooms() async throws {
        try await withChat { test in
            let admin = try await test.open()
            let bert = try await test.person("bert")
            let hidden = try await test.room(isPublic: false, by: bert)
            await expectError(.notFound) {
                try await test.chat.createInvite(InviteTerms(), rooms: [hidden], by: admin)
            }
            let direct = try await test.chat.openDirect(with: bert, by: admin).id
            await expectError(.notFound) {
                try await test.chat.createInvite(InviteTerms(), rooms: [direct], by: admin)
            }
        }
    }
}
