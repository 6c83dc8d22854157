/// The bytes of the one message that makes the journey: Alice writes to a room that Bob is in.
///
/// Everything in it is known beforehand: the time stands still and the ids are the ones that
/// ``CountingRandom`` gives.
enum FixedMessage {
    static let now: Int64 = 1_700_000_000_000
    static let alice = "usr_aeaqcaibaeaqcaibaeaqcaibae"
    static let bob = "usr_aqcaibaeaqcaibaeaqcaibaeaq"
    static let room = "cnv_a4dqobyha4dqobyha4dqobyha4"
    static let cid = "11111111-2222-4333-8444-555555555555"
    static let body = "Hällo, \"Bob\" 👋"

    /// What Alice's client sends: a text frame, masked with 37 fa 21 3d, of ``sent``.
    static let frame = bytes(
        ofHex:
            "81fd37fa213d03c816661589445353d80d461599030715994f4b689b1559469543445f9b15594695"
            + "43445f9b1559469543445f9b151f1bd8425453d81b1f06cb100c06cb100c1ac8130f05d7150e04c9"
            + "0c0503ce151002cf140802cf140802cf140815d6035f589e581f0dd869fe93964d521bda7d1f7595"
            + "436115dad1a2a67103406a")

    /// The message in the frame: engine type 4, packet type 2, ack id 7.
    static let sent =
        #"427["send",{"c":"cnv_a4dqobyha4dqobyha4dqobyha4","#
        + #""cid":"11111111-2222-4333-8444-555555555555","body":"Hällo, \"Bob\" 👋"}]"#

    /// What every member's socket gets, with the keys of the object in alphabetical order.
    static let announced =
        #"42["msg",{"body":"Hällo, \"Bob\" 👋","c":"cnv_a4dqobyha4dqobyha4dqobyha4","#
        + #""cid":"11111111-2222-4333-8444-555555555555","from":"usr_aeaqcaibaeaqcaibaeaqcaibae","#
        + #""id":"cnv_a4dqobyha4dqobyha4dqobyha4/3","kind":"text","n":1,"name":"Alice","rev":0,"seq":3,"#
        + #""ts":1700000000000,"v":1}]"#
    /// The header of the frame that carries ``announced``: 279 bytes.
    static let announcedHeader: [UInt8] = [0x81, 0x7E, 0x01, 0x17]

    /// The ack, with the keys in alphabetical order.
    static let acknowledged =
        #"437[{"dup":false,"id":"cnv_a4dqobyha4dqobyha4dqobyha4/3","ok":true,"seq":3,"ts":1700000000000}]"#
    /// The header of the frame that carries ``acknowledged``: 95 bytes.
    static let acknowledgedHeader: [UInt8] = [0x81, 0x5F]

    private static func bytes(ofHex text: String) -> [UInt8] {
        let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
