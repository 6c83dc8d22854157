/// One MessagePack value, or the head of a container whose elements follow.
///
/// What has a length is a range of the message: the bytes are there.
enum MessagePackValue: Equatable {
    case `nil`
    /// notepack's `undefined`: extension type 0 with the one byte 0.
    case undefined
    case bool(Bool)
    case integer(Int64)
    /// An integer above `Int64.max`.
    case unsigned(UInt64)
    case number(Double)
    case string(Range<Int>)
    case binary(Range<Int>)
    /// Milliseconds since 1970: notepack's Date, or the timestamp of the specification.
    case date(Int64)
    case ext(Int8, Range<Int>)
    case array(Int)
    case map(Int)
}
