internal import SocketIOProtocol

extension PacketMeaning {
    /// What the decoder's view says about `bytes`; nil if its ranges do not hold JSON.
    init?(_ view: PacketView, in bytes: [UInt8]) {
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        self.init(type: view.type)
        self.attachmentCount = view.attachmentCount
        self.namespace = view.namespace.map(text) ?? "/"
        self.ackID = view.ackID
        if !view.payload.isEmpty {
            guard let tree = JSONOracle.tree(text(view.payload)) else { return nil }
            self.payload = tree
        }
        self.eventName = view.event?.name
        for element in elements(of: bytes, in: view.arguments) {
            guard let tree = JSONOracle.tree(element) else { return nil }
            self.arguments.append(tree)
        }
        guard self.arguments.count == view.argumentCount else { return nil }
    }
}
