/// What a server wants of permessage-deflate (RFC 7692 section 7.1).
public struct DeflatePolicy: Equatable, Sendable {
    /// The server keeps its window between messages: smaller messages, but about 256 KiB a connection, and a
    /// broadcast has to be compressed for each receiver.
    public var serverContextTakeover: Bool
    /// Clients may keep their window between messages: about 44 KiB a connection here.
    public var clientContextTakeover: Bool
    /// The server's largest window as a power of two, 8...15.
    public var serverMaxWindowBits: Int
    /// The clients' largest window as a power of two, 8...15. Below 15, clients that cannot be told so are
    /// served without compression.
    public var clientMaxWindowBits: Int

    /// A policy with these values; the defaults need no memory for a connection.
    public init(
        serverContextTakeover: Bool = false, clientContextTakeover: Bool = false,
        serverMaxWindowBits: Int = 15,
        clientMaxWindowBits: Int = 15
    ) {
        self.serverContextTakeover = serverContextTakeover
        self.clientContextTakeover = clientContextTakeover
        self.serverMaxWindowBits = serverMaxWindowBits
        self.clientMaxWindowBits = clientMaxWindowBits
    }
}
