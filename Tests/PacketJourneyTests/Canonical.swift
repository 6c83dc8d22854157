internal import Foundation

/// A packet with the keys of its objects in alphabetical order: encoders may write them in any.
func canonical(_ packet: some Sequence<UInt8>) throws -> String {
    let bytes = Array(packet)
    let start = bytes.firstIndex(of: UInt8(ascii: "[")) ?? bytes.endIndex
    let value = try JSONSerialization.jsonObject(with: Data(bytes[start...]))
    let sorted = try JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: bytes[..<start], as: UTF8.self) + String(decoding: sorted, as: UTF8.self)
}
