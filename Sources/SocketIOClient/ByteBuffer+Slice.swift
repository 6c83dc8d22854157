internal import NIOCore

extension ByteBuffer {
    /// The bytes in `range`, counted from the first readable one.
    func slice(_ range: Range<Int>) -> ByteBuffer {
        getSlice(at: readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
