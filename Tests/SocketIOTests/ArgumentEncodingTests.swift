internal import Foundation
internal import SocketIOEvents
internal import Testing

/// Values become the JSON that Foundation's encoder would make of them.
@Suite("JSON of arguments")
struct ArgumentEncodingTests {
    private struct Inner: Codable, Hashable, Sendable {
        var name: String
        var list: [Int]
        var maybe: Double?
    }

    private struct Everything: Codable, Hashable, Sendable {
        var yes = true
        var text = "a\"b\\c/\u{1F600}\u{7F}\n\u{1}ü"
        var double = 1.5
        var whole = 3.0
        var tiny = Double.leastNonzeroMagnitude
        var huge = Double.greatestFiniteMagnitude
        var negative = -0.0
        var float: Float = 0.1
        var numbers: [Int64] = [.min, 0, .max]
        var bytes: [UInt8] = [0, 255]
        var unsigned = UInt64.max
        var small: Int8 = -128
        var words: [UInt16] = [65_535]
        var halves: [Float] = [1, 2.25]
        var nothing: Int?
        var holes: [Int?] = [1, nil]
        var inner = Inner(name: "", list: [], maybe: 0.25)
        var inners: [Inner] = [Inner(name: "x", list: [1, 2], maybe: nil)]
        var byName: [String: Inner] = ["k\"": Inner(name: "y", list: [], maybe: nil)]
        var byNumber: [Int: String] = [7: "seven"]
        var data = Data([1, 2, 3, 255])
        var date = Date(timeIntervalSinceReferenceDate: 12.5)
        var url = URL(string: "https://a.example/x?y=1")
        var decimal = Decimal(string: "12345678901234567890.5")
        var id = UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")
        var empty: [String: String] = [:]
        var set: Set<String> = ["one"]
    }

    private static func ours(_ value: some Encodable) throws -> [UInt8] { try EncodedArguments(value).json }

    private static func parsed(_ json: [UInt8]) throws -> NSObject? {
        try JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed) as? NSObject
    }

    @Test("Everything that Codable knows, and back")
    func everything() throws {
        let value = Everything()
        let json = try Self.ours(value)
        let reference = try JSONEncoder().encode(value)
        #expect(try Self.parsed(json) == Self.parsed(Array(reference)))
        #expect(try JSONDecoder().decode(Everything.self, from: Data(json)) == value)
    }

    @Test("Members stand in the order in which they are declared, without a space")
    func order() throws {
        let json = try Self.ours(Inner(name: "n", list: [1, 2], maybe: 2))
        #expect(String(decoding: json, as: UTF8.self) == #"{"name":"n","list":[1,2],"maybe":2}"#)
    }

    @Test("A value of its own kind is an argument too")
    func single() throws {
        #expect(
            try String(decoding: EncodedArguments(1, true, [nil, 2.5]).json, as: UTF8.self)
                == "1,true,[null,2.5]")
        #expect(try String(decoding: EncodedArguments(Int?.none).json, as: UTF8.self) == "null")
        #expect(try String(decoding: EncodedArguments(Data([1])).json, as: UTF8.self) == "\"AQ==\"")
        #expect(try String(decoding: EncodedArguments([[Int]]()).json, as: UTF8.self) == "[]")
    }

    @Test("What is no number is refused, at its place", arguments: [Double.nan, .infinity, -.infinity])
    func noNumber(number: Double) throws {
        let error = #expect(throws: EncodingError.self) {
            try Self.ours(["a": [Inner(name: "", list: [], maybe: number)]])
        }
        guard case .invalidValue(_, let context) = error else { return }
        #expect(context.codingPath.map(\.stringValue) == ["a", "Index 0", "maybe"])
    }

    // MARK: - Values that write themselves

    /// Fills two nested containers in turns.
    private struct Turns: Encodable {
        func encode(to encoder: any Encoder) throws {
            var whole = encoder.container(keyedBy: Name.self)
            var list = whole.nestedUnkeyedContainer(forKey: Name("list"))
            var object = whole.nestedContainer(keyedBy: Name.self, forKey: Name("object"))
            try whole.encode("first", forKey: Name("text"))
            try list.encode(1)
            try object.encode(2, forKey: Name("two"))
            try list.encodeNil()
            var deep = list.nestedContainer(keyedBy: Name.self)
            try whole.encode("last", forKey: Name("end"))
            try deep.encode([true], forKey: Name("deep"))
            try list.encode("after")
            _ = list.nestedUnkeyedContainer()
            _ = whole.superEncoder(forKey: Name("unused"))
            var above = whole.superEncoder().singleValueContainer()
            try above.encode("above")
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    @Test("Containers may be filled in any order, and stay empty")
    func turns() throws {
        let json = try Self.ours(Turns())
        #expect(
            String(decoding: json, as: UTF8.self)
                == #"{"list":[1,null,{"deep":[true]},"after",[]],"object":{"two":2},"text":"first","end":"last","unused":{},"super":"above"}"#
        )
        #expect(try Self.parsed(json) == Self.parsed(Array(JSONEncoder().encode(Turns()))))
    }

    private class Animal: Encodable {
        let legs = 4

        enum Keys: CodingKey { case legs, name }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(legs, forKey: .legs)
        }
    }

    private final class Cat: Animal {
        let name = "Tom"

        override func encode(to encoder: any Encoder) throws {
            try super.encode(to: encoder)
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(name, forKey: .name)
        }
    }

    @Test("A class and its superclass write into one object")
    func classes() throws {
        #expect(try String(decoding: Self.ours(Cat()), as: UTF8.self) == #"{"legs":4,"name":"Tom"}"#)
    }

    /// Leaves out what cannot be written.
    private struct Careful: Encodable {
        struct Late: Encodable {
            func encode(to encoder: any Encoder) throws {
                var list = encoder.unkeyedContainer()
                try list.encode(Bytes([1]))
                try list.encode(Double.nan)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Name.self)
            try? container.encode(Double.nan, forKey: Name("a"))
            try container.encode(1, forKey: Name("b"))
            try? container.encode(Late(), forKey: Name("c"))
            try container.encode(Bytes([2]), forKey: Name("d"))
        }
    }

    @Test("A value that cannot be written leaves nothing behind when it is left out, no attachment either")
    func leftOut() throws {
        let arguments = try EncodedArguments(Careful())
        #expect(
            String(decoding: arguments.json, as: UTF8.self)
                == #"{"b":1,"d":{"_placeholder":true,"num":0}}"#)
        #expect(arguments.attachments == [[2]])
    }

    private struct Nothing: Encodable {
        func encode(to encoder: any Encoder) throws {}
    }

    private struct Twice: Encodable {
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(1)
            try container.encode(2)
        }
    }

    private struct Both: Encodable {
        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(1)
            var object = encoder.container(keyedBy: Name.self)
            try object.encode(1, forKey: Name("a"))
        }
    }

    @Test("What is not one value is an error, not another packet")
    func noValue() throws {
        #expect(throws: EncodingError.self) { try Self.ours(Nothing()) }
        #expect(throws: EncodingError.self) { try Self.ours(Twice()) }
        #expect(throws: EncodingError.self) { try Self.ours(Both()) }
        #expect(throws: EncodingError.self) { try Self.ours([Both()]) }
        #expect(try String(decoding: Self.ours([Nothing()]), as: UTF8.self) == "[{}]")
    }
}
