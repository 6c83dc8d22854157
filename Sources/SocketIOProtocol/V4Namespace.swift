/// The namespace of a packet of protocol revision 4: a name and, in a CONNECT, a query.
///
/// `/admin?token=x` is the namespace `/admin`; what stands after the question mark takes the place that the
/// CONNECT payload has in revision 5. Source: Socket.IO protocol v4, "CONNECT".
public struct V4Namespace: Sendable, Equatable {
    /// The name, with its slash.
    public let name: String
    /// The query as a JSON object; `{}` when there is none.
    public let authJSON: [UInt8]

    /// Takes the text in a packet apart.
    ///
    /// - Throws: `.namespaceTooLong` for a name longer than `ParserLimits.maxNamespaceLength`.
    public init(_ text: [UInt8], limits: ParserLimits) throws(SocketIOViolation) {
        let name = text.prefix { $0 != UInt8(ascii: "?") }
        guard name.count <= limits.maxNamespaceLength else { throw .namespaceTooLong }
        self.name = name.isEmpty ? NamespaceTable.root : String(decoding: name, as: UTF8.self)
        authJSON = QueryString(text.dropFirst(name.count + 1)).json
    }
}
