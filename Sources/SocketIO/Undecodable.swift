/// Tells an error of decoding from one that a listener threw; never leaves this room.
struct Undecodable: Error {
    let underlying: any Error

    /// Decodes; what goes wrong is marked.
    static func mark<Value>(_ decode: () throws -> Value) throws(Undecodable) -> Value {
        do {
            return try decode()
        } catch {
            throw Undecodable(underlying: error)
        }
    }
}
