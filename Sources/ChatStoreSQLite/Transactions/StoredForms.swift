internal import ChatDomain
internal import ChatService
internal import Foundation

// How values of the domain stand in the tables; see `Schema`.

extension ConversationKind {
    init?(stored number: Int64) {
        switch number {
        case 0: self = .notes
        case 1: self = .direct
        case 2: self = .group
        case 3: self = .publicRoom
        case 4: self = .privateRoom
        default: return nil
        }
    }

    var stored: Int64 {
        switch self {
        case .notes: 0
        case .direct: 1
        case .group: 2
        case .publicRoom: 3
        case .privateRoom: 4
        }
    }
}

extension MessageKind {
    init?(stored number: Int64) {
        switch number {
        case 0: self = .text
        case 1: self = .system
        default: return nil
        }
    }

    var stored: Int64 {
        switch self {
        case .text: 0
        case .system: 1
        }
    }
}

extension Role {
    init?(stored number: Int64) {
        switch number {
        case 0: self = .member
        case 1: self = .owner
        case 2: self = .moderator
        default: return nil
        }
    }

    var stored: Int64 {
        switch self {
        case .member: 0
        case .owner: 1
        case .moderator: 2
        }
    }
}

extension NotifyLevel {
    init?(stored number: Int64) {
        switch number {
        case 0: self = .all
        case 1: self = .mentions
        case 2: self = .none
        default: return nil
        }
    }

    var stored: Int64 {
        switch self {
        case .all: 0
        case .mentions: 1
        case .none: 2
        }
    }
}

extension AccountRole {
    init?(stored number: Int64) {
        switch number {
        case 0: self = .member
        case 1: self = .admin
        default: return nil
        }
    }

    var stored: Int64 {
        switch self {
        case .member: 0
        case .admin: 1
        }
    }
}

extension AccountState {
    init?(stored number: Int64) {
        switch number {
        case 0: self = .active
        case 1: self = .banned
        case 2: self = .deactivated
        default: return nil
        }
    }

    var stored: Int64 {
        switch self {
        case .active: 0
        case .banned: 1
        case .deactivated: 2
        }
    }
}

extension ClientMessageID {
    init?(stored bytes: Data) {
        guard bytes.count == 16 else { return nil }
        self.init(bits: bytes.reduce(0) { $0 << 8 | UInt128($1) })
    }

    var stored: Data {
        var bits = self.bits.bigEndian
        return withUnsafeBytes(of: &bits) { Data($0) }
    }
}

extension ChangeID {
    var stored: Data { ClientMessageID(bits: bits).stored }
}

/// The key of a message: its conversation and its place in one number.
struct MessageKey {
    let rawValue: Int64

    init(_ conversation: ConversationKey, _ seq: MessageSeq) {
        // Conversations stay below 2^31 (`CHECK` in the schema), so the shift loses nothing.
        self.rawValue = conversation.rawValue << 32 | Int64(seq.rawValue)
    }

    init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    var conversation: ConversationKey { ConversationKey(rawValue >> 32) }

    var seq: MessageSeq { MessageSeq(UInt32(truncatingIfNeeded: rawValue)) }
}
