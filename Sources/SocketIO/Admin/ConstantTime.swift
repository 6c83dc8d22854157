/// Comparisons whose time tells nothing of where two texts differ.
enum ConstantTime {
    /// Whether both are the same bytes. The time depends on the length of `given` alone.
    static func equal(_ given: String, _ secret: String) -> Bool {
        let given = Array(given.utf8)
        let secret = Array(secret.utf8)
        var difference = given.count ^ secret.count
        for (index, byte) in given.enumerated() {
            // An index that the secret does not have still costs a look at it.
            let other = secret.isEmpty ? 0 : secret[index % secret.count]
            difference |= Int(byte ^ other)
        }
        return difference == 0
    }
}
