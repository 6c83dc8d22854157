internal import Foundation

/// Cuts a file of one JSON object a line into its lines, piece by piece.
struct JSONLines {
    private static let longestLine = 16 << 20

    private var pending: [UInt8] = []
    private var number = 0

    /// Gives each complete line with its number.
    mutating func take(_ piece: [UInt8], line: (Data, Int) throws -> Void) throws {
        var rest = piece[...]
        while let index = rest.firstIndex(of: 0x0A) {
            pending += rest[..<index]
            rest = rest[(index + 1)...]
            try end(line: line)
        }
        pending += rest
        guard pending.count <= Self.longestLine else {
            throw ArchiveProblem("Line \(number + 1) has more than \(Self.longestLine >> 20) MiB.")
        }
    }

    /// Gives what stands behind the last end of a line.
    mutating func end(line: (Data, Int) throws -> Void) throws {
        number += 1
        defer { pending.removeAll(keepingCapacity: true) }
        guard pending.contains(where: { $0 > 0x20 }) else { return }
        try line(Data(pending), number)
    }
}
