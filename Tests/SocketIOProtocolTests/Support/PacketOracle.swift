internal import SocketIOProtocol

/// What a packet says, by value.
struct PacketMeaning: Equatable {
    var type: SocketPacketType
    var attachmentCount = 0
    var namespace = "/"
    var ackID: UInt64?
    var payload: JSONTree?
    var eventName: String?
    var arguments: [JSONTree] = []
}

/// The slow way to read a packet: cut the text up, make a tree of the payload, then ask the rules one by one.
struct PacketOracle {
    private var rest: Substring
    private let limits: ParserLimits

    /// What the packet says; nil when it breaks any rule.
    static func meaning(_ text: String, limits: ParserLimits = .init()) -> PacketMeaning? {
        var oracle = Self(rest: text[...], limits: limits)
        return oracle.meaning()
    }

    private init(rest: Substring, limits: ParserLimits) {
        self.rest = rest
        self.limits = limits
    }

    private mutating func meaning() -> PacketMeaning? {
        let types: [Unicode.Scalar: SocketPacketType] = [
            "0": .connect, "1": .disconnect, "2": .event, "3": .ack, "4": .connectError, "5": .binaryEvent,
            "6": .binaryAck,
        ]
        guard let first = self.rest.unicodeScalars.popFirst(), let type = types[first] else { return nil }
        var packet = PacketMeaning(type: type)
        if type == .binaryEvent || type == .binaryAck {
            let digits = self.digits()
            guard (1...2).contains(digits.count), self.rest.unicodeScalars.popFirst() == "-",
                let count = Int(digits), count <= self.limits.maxAttachments
            else { return nil }
            packet.attachmentCount = count
        }
        if self.rest.unicodeScalars.first == "/" {
            let scalars = self.rest.unicodeScalars
            let name = scalars.prefix { $0 != "," }
            self.rest = Substring(scalars.dropFirst(name.count + 1))
            packet.namespace = String(name)
            guard packet.namespace.utf8.count <= self.limits.maxNamespaceLength else { return nil }
        }
        let digits = self.digits()
        if !digits.isEmpty {
            guard digits.count <= 16, let id = UInt64(digits), id < 1 << 53 else { return nil }
            packet.ackID = id
        }
        return self.isPayloadLegal(&packet) ? packet : nil
    }

    private mutating func digits() -> String {
        let digits = self.rest.unicodeScalars.prefix { ("0"..."9").contains($0) }
        self.rest = Substring(self.rest.unicodeScalars.dropFirst(digits.count))
        return String(digits)
    }

    private func isPayloadLegal(_ packet: inout PacketMeaning) -> Bool {
        if !self.rest.isEmpty {
            guard let first = self.rest.unicodeScalars.first, !first.properties.isWhitespace,
                let tree = JSONOracle.tree(String(self.rest)), tree.depth <= self.limits.maxJSONDepth
            else { return false }
            packet.payload = tree
        }
        switch (packet.type, packet.payload) {
        case (.connect, nil), (.disconnect, nil), (.connectError, nil), (.connect, .object),
            (.connectError, .object), (.connectError, .string):
            return packet.ackID == nil
        case (.event, .array(let items)), (.binaryEvent, .array(let items)):
            guard let name = items.first.flatMap(Self.eventName) else { return false }
            packet.eventName = name
            packet.arguments = Array(items.dropFirst())
        case (.ack, .array(let items)), (.binaryAck, .array(let items)):
            guard packet.ackID != nil else { return false }
            packet.arguments = items
        default:
            return false
        }
        guard packet.arguments.count <= self.limits.maxArguments else { return false }
        let isBinary = packet.type == .binaryEvent || packet.type == .binaryAck
        return !isBinary
            || packet.payload.map { Self.arePlaceholdersLegal($0, packet.attachmentCount) } ?? true
    }

    private static func eventName(_ tree: JSONTree) -> String? {
        let reserved = [
            "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
        ]
        switch tree {
        case .string(let units):
            let name = String(decoding: units, as: UTF16.self)
            return reserved.contains(name) ? nil : name
        case .number(let digits):
            guard let value = Int64(digits), abs(value) < 1 << 53 else { return nil }
            return String(value)
        case .null, .bool, .array, .object:
            return nil
        }
    }

    private static func arePlaceholdersLegal(_ tree: JSONTree, _ count: Int) -> Bool {
        switch tree {
        case .null, .bool, .number, .string:
            return true
        case .array(let items):
            return items.allSatisfy { Self.arePlaceholdersLegal($0, count) }
        case .object(let members):
            guard members.allSatisfy({ Self.arePlaceholdersLegal($0.value, count) }) else { return false }
            let flags = members.filter { $0.key == Array("_placeholder".utf16) }.map(\.value)
            guard flags.contains(.bool(true)) else { return true }
            let numbers = members.filter { $0.key == Array("num".utf16) }.map(\.value)
            guard flags.count == 1, numbers.count == 1, case .number(let digits) = numbers[0] else {
                return false
            }
            return (0..<count).map(String.init).contains(digits)
        }
    }
}
