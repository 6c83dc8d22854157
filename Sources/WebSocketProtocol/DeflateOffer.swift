/// One offer of permessage-deflate, as a client makes it (RFC 7692 section 7.1).
public struct DeflateOffer: Equatable, Sendable {
    /// The extension's registered name.
    public static let extensionName = "permessage-deflate"

    /// The server is asked to forget its window after each message.
    public var serverNoContextTakeover: Bool
    /// The client can forget its window after each message, should the server wish so.
    public var clientNoContextTakeover: Bool
    /// The largest window, as a power of two, that the server may use; nil leaves it free.
    public var serverMaxWindowBits: Int?
    /// The largest window that the client would use, should the server mention one; nil when the client
    /// cannot be told. The parameter without a value is 15, which says the same.
    public var clientMaxWindowBits: Int?

    /// An offer with these parameters; windows are 8...15.
    public init(
        serverNoContextTakeover: Bool = false, clientNoContextTakeover: Bool = false,
        serverMaxWindowBits: Int? = nil, clientMaxWindowBits: Int? = 15
    ) {
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
        self.serverMaxWindowBits = serverMaxWindowBits
        self.clientMaxWindowBits = clientMaxWindowBits
    }

    /// The offer in `element`.
    ///
    /// - Returns: nil when it has to be declined: a parameter that is unknown, repeated or out of bounds
    ///   (section 7.1), or another extension.
    public init?(_ element: ExtensionList.Element) {
        guard element.name == Self.extensionName else { return nil }
        self.init(clientMaxWindowBits: nil)
        for parameter in element.parameters {
            switch (parameter.name, parameter.value) {
            case ("server_no_context_takeover", nil) where !serverNoContextTakeover:
                serverNoContextTakeover = true
            case ("client_no_context_takeover", nil) where !clientNoContextTakeover:
                clientNoContextTakeover = true
            case ("server_max_window_bits", let value?) where serverMaxWindowBits == nil:
                guard let bits = Self.windowBits(value) else { return nil }
                serverMaxWindowBits = bits
            case ("client_max_window_bits", let value) where clientMaxWindowBits == nil:
                guard let bits = value.map(Self.windowBits) ?? 15 else { return nil }
                clientMaxWindowBits = bits
            default: return nil
            }
        }
    }

    /// The offer as it stands in `Sec-WebSocket-Extensions`.
    public var headerValue: String {
        var value = Self.extensionName
        if serverNoContextTakeover { value += "; server_no_context_takeover" }
        if clientNoContextTakeover { value += "; client_no_context_takeover" }
        if let serverMaxWindowBits { value += "; server_max_window_bits=\(serverMaxWindowBits)" }
        if let bits = clientMaxWindowBits {
            value += bits == 15 ? "; client_max_window_bits" : "; client_max_window_bits=\(bits)"
        }
        return value
    }

    /// 8...15 in decimal without leading zeros (section 7.1.2).
    static func windowBits(_ text: String) -> Int? {
        switch text {
        case "8": 8
        case "9": 9
        case "10": 10
        case "11": 11
        case "12": 12
        case "13": 13
        case "14": 14
        case "15": 15
        default: nil
        }
    }
}
