/// Makes session ids: 15 random bytes as 20 characters of `A-Z a-z 0-9 _ -`.
///
/// Tools around Socket.IO rely on the length and the alphabet. The reference puts a counter into the
/// last bytes; here all 120 bits are random, so that an id can be guessed by nobody.
public enum SessionID {
    /// How many characters an id has that is made here.
    public static let length = 20

    /// How many characters an id may have that the application makes.
    public static let maxLength = 128

    /// Whether an id that the application made can stand in a query, a cookie and JSON as it is.
    public static func isUsable(_ id: String) -> Bool {
        (1...maxLength).contains(id.utf8.count) && id.utf8.allSatisfy { alphabet.contains($0) }
    }

    private static let alphabet: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".utf8)

    /// A new id from the given source of randomness, which must be cryptographically strong.
    public static func make(using generator: inout some RandomNumberGenerator) -> String {
        var low = generator.next() as UInt64
        var high = generator.next() as UInt64
        return String(unsafeUninitializedCapacity: length) { buffer in
            for index in 0..<length {
                if index < 10 {
                    buffer[index] = alphabet[Int(low & 63)]
                    low >>= 6
                } else {
                    buffer[index] = alphabet[Int(high & 63)]
                    high >>= 6
                }
            }
            return length
        }
    }
}
