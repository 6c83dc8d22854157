/// A row that this program cannot have written: the file is damaged, or something else wrote into it.
struct CorruptRow: Error, CustomStringConvertible {
    let column: String
    let value: String

    var description: String { "the column \(column) holds \(value)" }
}
