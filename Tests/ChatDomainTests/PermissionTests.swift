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

    private static let standings: [Permission.Standing] = [.stranger, .member(.member), .member(.owner)]

    /// Rows: action; columns: notes, direct, public, private; in each the answers for stranger, member, owner.
    private static let matrix: [(Permission.Action, [ConversationKind: String])] = [
        (.read, [.notes: "HAA", .direct: "HAA", .publicRoom: "HAA", .privateRoom: "HAA"]),
        (.send, [.notes: "HAA", .direct: "HAA", .publicRoom: "HAA", .privateRoom: "HAA"]),
        (.join, [.notes: "HFF", .direct: "HFF", .publicRoom: "AAA", .privateRoom: "HAA"]),
        (.leave, [.notes: "HFF", .direct: "HFF", .publicRoom: "HAA", .privateRoom: "HAA"]),
        (.addMembers, [.notes: "HFF", .direct: "HFF", .publicRoom: "HAA", .privateRoom: "HAA"]),
        (.listMembers, [.notes: "HAA", .direct: "HAA", .publicRoom: "HAA", .privateRoom: "HAA"]),
    ]

    static let cells: [Cell] = matrix.flatMap { action, row in
        row.flatMap { kind, letters in
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

    @Test("Only administrators invite and change settings", arguments: [true, false])
    func administrators(isAdmin: Bool) {
        let account = Account(
            user: User(id: UserID(bits: 1), username: "anna", name: "Anna"), isAdmin: isAdmin)
        #expect(Permission.mayInvite(account) == isAdmin)
        #expect(Permission.mayChangeSettings(account) == isAdmin)
    }

    @Test(
        "Positions are shared in direct conversations and small rooms",
        arguments: [
            (ConversationKind.direct, 2, true), (.notes, 1, false), (.publicRoom, 50, true),
            (.publicRoom, 51, false),
            (.privateRoom, 50, true), (.privateRoom, 51, false), (.privateRoom, 1, true),
        ])
    func marks(kind: ConversationKind, members: Int, expected: Bool) {
        #expect(Permission.sharesMarks(kind: kind, members: members) == expected)
    }
}
