/// A socket of which only the identity counts.
final class Member: Hashable, Sendable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    static func == (first: Member, second: Member) -> Bool { first === second }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
