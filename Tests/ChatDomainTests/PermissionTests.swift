import ChatDomain
import Testing

@Suite("Who may do what")
struct PermissionTests {
    /// One cell of the matrix.
    struct Cell: Sendable, CustomTestStringConvertible {
        let action: Permission.Action
        let kind: ConversationKind
        let standing: Permission.Standing
        let expected: Permission

        var testDescription: String { "\(action) in \(kind.rawValue) as \(standing): \(expected)" }
    }

    private static let standings: [Permission.Standing] = [
        .stranger, .member(.member), .member(.moderator), .member(.owner),
    ]

    private static let kinds: [ConversationKind] = [.notes, .direct, .group, .publicRoom, .privateRoom]

    /// Rows: action; columns: notes, direct, group, public, private; in each the answers for stranger, member,
    /// moderator, owner.
    private static let matrix: [(Permission.Action, [String])] = [
        (.read, ["HAAA", "HAAA", "HAAA", "HAAA", "HAAA"]),
        (.send, ["HAAA", "HAAA", "HAAA", "HAAA", "HAAA"]),
        (.edit, ["HAAA", "HAAA", "HAAA", "HAAA", "HAAA"]),
        (.deleteOwn, ["HAAA", "HAAA", "HAAA", "HAAA", "HAAA"]),
        (.deleteOthers, ["HFFF", "HFFF", "HFFF", "HFAA", "HFAA"]),
        (.react, ["HAAA", "HAAA", "HAAA", "HAAA", "HAAA"]),
        (.pin, ["HAAA", "HAAA", "HAAA", "HFAA", "HFAA"]),
        (.arrange, ["HAAA", "HAAA", "HAAA", "HAAA", "HAAA"]),
        (.listMembers, ["HAAA", "HAAA", "HAAA", "HAAA", "HAAA"]),
        (.join, ["HFFF", "HFFF", "HFFF", "AAAA", "HAAA"]),
        (.leave, ["HFFF", "HFFF", "HAAA", "HAAA", "HAAA"]),
        (.addMembers, ["HFFF", "HFFF", "HFFF", "HAAA", "HAAA"]),
        (.rename, ["HFFF", "HFFF", "HAAA", "HFAA", "HFAA"]),
        (.setTopic, ["HFFF", "HFFF", "HFFF", "HFAA", "HFAA"]),
        (.kick, ["HFFF", "HFFF", "HFFF", "HFAA", "HFAA"]),
        (.silence, ["HFFF", "HFFF", "HFFF", "HFAA", "HFAA"]),
        (.ban, ["HFFF", "HFFF", "HFFF", "HFAA", "HFAA"]),
        (.listBans, ["HFFF", "HFFF", "HFFF", "HFAA", "HFAA"]),
        (.manageHooks, ["HFFF", "HFFF", "HFFF", "HFAA", "HFAA"]),
        (.setVisibility, ["HFFF", "HFFF", "HFFF", "HFFA", "HFFA"]),
        (.setRole, ["HFFF", "HFFF", "HFFF", "HFFA", "HFFA"]),
        (.archive, ["HFFF", "HFFF", "HFFF", "HFFA", "HFFA"]),
        (.delete, ["HFFF", "HFFF", "HFFF", "HFFA", "HFFA"]),
    ]

    static let cells: [Cell] = matrix.flatMap { action, row in
        zip(kinds, row).flatMap { kind, letters in
            zip(standings, letters).map { standing, letter in
                let expected: Permission =
                    switch letter {
                    case "A": .allowed
                    case "F": .forbidden
                    default: .hidden
                    }
                return Cell(action: action, kind: kind, standing: standing, expected: expected)
            }
        }
    }

    @Test("Every cell", arguments: cells)
    func cell(_ cell: Cell) {
        #expect(Permission.decide(cell.action, kind: cell.kind, standing: cell.standing) == cell.expected)
    }

    @Test("The matrix has a cell for everything there is")
    func complete() {
        let count = Permission.Action.allCases.count * ConversationKind.allCases.count * Self.standings.count
        #expect(Self.cells.count == count)
    }

    @Test(
        "An archived room can be looked at, left, arranged, freed of webhooks and brought back; nothing else")
    func archive() {
        let possible = Permission.Action.allCases.filter(\.isPossibleInArchive)
        #expect(
            Set(possible) == [
                .read, .leave, .listMembers, .listBans, .archive, .delete, .arrange, .manageHooks,
            ])
    }

    @Test("Owners are above moderators, moderators above members, nobody above their like")
    func ranks() {
        let order: [Role] = [.member, .moderator, .owner]
        for (low, lower) in order.enumerated() {
            for (high, higher) in order.enumerated() {
                #expect(higher.outranks(lower) == (high > low))
            }
        }
    }

    @Test("Only administrators invite and change settings", arguments: [true, false])
    func administrators(isAdmin: Bool) {
        let account = Account(
            user: User(
                id: UserID(bits: 1), username: "anna", name: "Anna", role: isAdmin ? .admin : .member))
        #expect(Permission.mayInvite(account) == isAdmin)
        #expect(Permission.mayChangeSettings(account) == isAdmin)
    }

    @Test(
        "Positions are shared in direct conversations, groups and small rooms",
        arguments: [
            (ConversationKind.direct, 2, true), (.notes, 1, false), (.publicRoom, 50, true),
            (.group, 50, true), (.publicRoom, 51, false),
            (.privateRoom, 50, true), (.privateRoom, 51, false), (.privateRoom, 1, true),
        ])
    func marks(kind: ConversationKind, members: Int, expected: Bool) {
        #expect(Permission.sharesMarks(kind: kind, members: members) == expected)
    }
}
