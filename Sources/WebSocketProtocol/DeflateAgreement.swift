/// What both ends have agreed on about permessage-deflate (RFC 7692 section 7.1): the server's answer to one
/// ``DeflateOffer``.
public struct DeflateAgreement: Equatable, Sendable {
    /// The server forgets its window after each message.
    public var serverNoContextTakeover: Bool
    /// The client forgets its window after each message.
    public var clientNoContextTakeover: Bool
    /// The answer's `server_max_window_bits`, 8...15; nil when it has none, which means 15.
    public var serverMaxWindowBits: Int?
    /// The answer's `client_max_window_bits`, 8...15; nil when it has none, which means 15.
    public var clientMaxWindowBits: Int?

    /// An agreement with these parameters.
    public init(
        serverNoContextTakeover: Bool = false, clientNoContextTakeover: Bool = false,
        serverMaxWindowBits: Int? = nil, clientMaxWindowBits: Int? = nil
    ) {
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
        self.serverMaxWindowBits = serverMaxWindowBits
        self.clientMaxWindowBits = clientMaxWindowBits
    }

    // MARK: - The server's side

    /// The answer of a server of this policy to a client's offers: the first that it can take.
    ///
    /// - Parameters:
    ///   - values: the lines of `Sec-WebSocket-Extensions`. Other extensions are passed over.
    ///   - policy: what the server agrees to.
    /// - Returns: nil when nothing was offered that can be taken: the connection goes on uncompressed.
    /// - Throws: ``ExtensionViolation/malformed``.
    public static func accept(
        _ values: [String], policy: DeflatePolicy
    ) throws(ExtensionViolation) -> DeflateAgreement? {
        var list = try ExtensionList(values)
        var agreement: DeflateAgreement?
        while let element = try list.next() {
            guard agreement == nil, let offer = DeflateOffer(element) else { continue }
            agreement = DeflateAgreement(accepting: offer, policy: policy)
        }
        return agreement
    }

    /// The answer to one offer, nil when the policy cannot be kept under it.
    public init?(accepting offer: DeflateOffer, policy: DeflatePolicy) {
        self.init(
            serverNoContextTakeover: offer.serverNoContextTakeover || !policy.serverContextTakeover,
            clientNoContextTakeover: offer.clientNoContextTakeover || !policy.clientContextTakeover)
        let serverLimit = Self.bounded(policy.serverMaxWindowBits)
        if let offered = offer.serverMaxWindowBits {
            // Named in the offer, it must be named in the answer (section 7.1.2.1).
            serverMaxWindowBits = min(offered, serverLimit)
        } else if serverLimit < 15 {
            serverMaxWindowBits = serverLimit
        }
        let clientLimit = Self.bounded(policy.clientMaxWindowBits)
        if let offered = offer.clientMaxWindowBits {
            let bits = min(offered, clientLimit)
            clientMaxWindowBits = bits < 15 ? bits : nil
        } else if clientLimit < 15 {
            // A client that did not say it can be told must not be told (section 7.1.2.2).
            return nil
        }
    }

    /// The agreement as it stands in the answer's `Sec-WebSocket-Extensions`.
    public var headerValue: String {
        var value = DeflateOffer.extensionName
        if serverNoContextTakeover { value += "; server_no_context_takeover" }
        if clientNoContextTakeover { value += "; client_no_context_takeover" }
        if let serverMaxWindowBits { value += "; server_max_window_bits=\(serverMaxWindowBits)" }
        if let clientMaxWindowBits { value += "; client_max_window_bits=\(clientMaxWindowBits)" }
        return value
    }

    // MARK: - The client's side

    /// What a server's answer means to a client that made `offer`.
    ///
    /// - Parameters:
    ///   - values: the lines of the answer's `Sec-WebSocket-Extensions`.
    ///   - offer: the only extension that the client offered; nil when it offered none.
    /// - Returns: nil when the server declined.
    /// - Throws: the rule that the answer breaks; the client must fail the connection (section 7.1).
    public static func confirm(
        _ values: [String], of offer: DeflateOffer?
    ) throws(ExtensionViolation) -> DeflateAgreement? {
        var list = try ExtensionList(values)
        var agreement: DeflateAgreement?
        while let element = try list.next() {
            guard let offer, element.name == DeflateOffer.extensionName else { throw .notOffered }
            guard agreement == nil else { throw .repeated }
            agreement = try DeflateAgreement(confirming: element, of: offer)
        }
        return agreement
    }

    private init(
        confirming element: ExtensionList.Element, of offer: DeflateOffer
    ) throws(ExtensionViolation) {
        // An answer has the form of an offer, but its client window always has a value.
        guard let answer = DeflateOffer(element),
            !element.parameters.contains(.init(name: "client_max_window_bits", value: nil)),
            answer.serverNoContextTakeover || !offer.serverNoContextTakeover
        else { throw .invalidParameter }
        if let wanted = offer.serverMaxWindowBits {
            guard let given = answer.serverMaxWindowBits, given <= wanted else { throw .invalidParameter }
        }
        if let given = answer.clientMaxWindowBits {
            guard let most = offer.clientMaxWindowBits, given <= most else { throw .invalidParameter }
        }
        self.init(
            serverNoContextTakeover: answer.serverNoContextTakeover,
            clientNoContextTakeover: answer.clientNoContextTakeover,
            serverMaxWindowBits: answer.serverMaxWindowBits, clientMaxWindowBits: answer.clientMaxWindowBits)
    }

    private static func bounded(_ bits: Int) -> Int { min(max(bits, 8), 15) }
}
