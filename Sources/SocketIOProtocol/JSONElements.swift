/// Walks the elements of a comma separated list such as `PacketView.arguments`, without the heap.
///
/// The list must come from a packet that was decoded. Anything else yields ranges within the list that mean
/// nothing, and ends.
///
/// ```swift
/// var elements = JSONElements(packet.arguments)
/// while let argument = elements.next(in: bytes) { ... }
/// ```
public struct JSONElements: Sendable {
    private var next: Int
    private let end: Int
    private var isDone: Bool

    /// Creates a walk over the elements in `range`; an empty range has none.
    public init(_ range: Range<Int>) {
        self.next = max(0, range.lowerBound)
        self.end = range.upperBound
        self.isDone = range.isEmpty
    }

    /// The range of the next element without the whitespace around it, or nil after the last one.
    ///
    /// `bytes` must be the same at each call.
    public mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
        let end = min(self.end, bytes.count)
        guard !self.isDone, self.next <= end else { return nil }
        let list = bytes.extracting(0..<end)
        let comma = Self.endOfElement(list, from: self.next)
        var first = self.next
        var last = comma
        while first < last, JSONScanner.isWhitespace(list[first]) { first += 1 }
        while last > first, JSONScanner.isWhitespace(list[last - 1]) { last -= 1 }
        self.isDone = comma == end
        self.next = comma + 1
        return first..<last
    }

    /// The index of the comma that ends the element, or the end of the list.
    private static func endOfElement(_ list: Span<UInt8>, from start: Int) -> Int {
        var depth = 0
        var index = start
        while index < list.count {
            switch list[index] {
            case UInt8(ascii: "\""):
                index = Self.endOfString(list, from: index + 1)
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
            case UInt8(ascii: ","):
                if depth <= 0 { return index }
            default:
                break
            }
            index += 1
        }
        return list.count
    }

    private static func endOfString(_ list: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < list.count {
            if list[index] == UInt8(ascii: "\"") { return index + 1 }
            index += list[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return list.count
    }
}
