/// The event names that belong to the library, in both directions.
///
/// They are those of the reference's `RESERVED_EVENTS`: a client that could send `disconnect` would make the
/// server's own handlers believe that the socket is gone.
public enum ReservedNames {
    /// Whether `name` may be neither sent nor received as an event's name.
    public static func isReserved(_ name: String) -> Bool {
        // Most names end here, before six comparisons.
        switch name.utf8.first {
        case UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "n"), UInt8(ascii: "r"): break
        default: return false
        }
        return switch name {
        case "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener": true
        default: false
        }
    }
}
