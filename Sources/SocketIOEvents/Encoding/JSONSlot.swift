/// The place of one value in the JSON of an argument: what the value's `encode(to:)` is given.
///
/// A value is written straight into the packet's bytes; only nested containers and the encoders of superclasses, which may be filled
/// in any order, are written aside.
final class JSONSlot: Encoder {
    private enum Shape { case none, object, array, value }

    let output: JSONOutput
    private let parent: JSONSlot?
    private let key: (any CodingKey)?
    private var shape = Shape.none
    /// What was wrong with how the value is written, where the call could not throw.
    private var problem: EncodingError?
    /// Values of the object or array so far.
    private(set) var count = 0

    init(_ output: JSONOutput, in parent: JSONSlot? = nil, at key: (any CodingKey)? = nil) {
        self.output = output
        self.parent = parent
        self.key = key
    }

    var codingPath: [any CodingKey] { (parent?.codingPath ?? []) + (key.map { [$0] } ?? []) }

    var userInfo: [CodingUserInfoKey: Any] { output.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        become(.object, "{")
        return KeyedEncodingContainer(JSONObject<Key>(self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        become(.array, "[")
        return JSONArray(self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// A class and its superclass may ask for the same container.
    private func become(_ new: Shape, _ opening: Unicode.Scalar) {
        if shape == .none {
            shape = new
            output.mark(opening)
        } else if shape != new {
            problem = problem ?? invalid("", "one value cannot be an object and an array")
        }
    }

    /// A value that is no object and no array.
    private func becomeValue() throws {
        guard shape == .none else { throw invalid("", "one value cannot be written twice") }
        shape = .value
    }

    /// Ends what was begun.
    ///
    /// - Throws: `EncodingError` when the value was not written as one value.
    func close() throws {
        if let problem { throw problem }
        switch shape {
        case .none:
            output.mark("{")
            output.mark("}")
        case .object: output.mark("}")
        case .array: output.mark("]")
        case .value: break
        }
        shape = .value
    }

    /// Whether anything was written.
    var isEmpty: Bool { shape == .none }

    func invalid(_ value: Any, _ reason: String, at key: (any CodingKey)? = nil) -> EncodingError {
        let path = codingPath + (key.map { [$0] } ?? [])
        return .invalidValue(value, .init(codingPath: path, debugDescription: reason))
    }

    // MARK: - For objects and arrays

    /// Writes what stands before a value, and the value; nothing of it when it cannot be written.
    func add(_ name: String?, _ write: (JSONOutput) throws -> Void) throws {
        let start = output.here
        begin(name)
        do {
            try write(output)
        } catch {
            output.goBack(to: start)
            count -= 1
            throw error
        }
    }

    /// Writes a number, a text or the like.
    func add(_ name: String?, plain write: (JSONOutput) -> Void) {
        begin(name)
        write(output)
    }

    /// Writes a value of any type.
    func add<Value: Encodable>(_ key: any CodingKey, isNamed: Bool, _ value: Value) throws {
        try add(isNamed ? key.stringValue : nil) { output in
            if output.special(value) { return }
            let slot = JSONSlot(output, in: self, at: key)
            try value.encode(to: slot)
            try slot.close()
        }
    }

    /// The place of a value that is written aside.
    func addPlace(_ key: any CodingKey, isNamed: Bool) -> JSONSlot {
        begin(isNamed ? key.stringValue : nil)
        let slot = JSONSlot(JSONOutput(beside: output), in: self, at: key)
        output.leavePlace(for: slot)
        return slot
    }

    private func begin(_ name: String?) {
        output.begin(name, isFirst: count == 0)
        count += 1
    }
}

extension JSONSlot: SingleValueEncodingContainer {
    func encodeNil() throws {
        try becomeValue()
        output.null()
    }

    func encode(_ value: Bool) throws {
        try becomeValue()
        output.bool(value)
    }

    func encode(_ value: String) throws {
        try becomeValue()
        output.text(value)
    }

    func encode(_ value: Double) throws {
        try becomeValue()
        try output.number(value, in: self)
    }

    func encode(_ value: Float) throws {
        try becomeValue()
        try output.number(value, in: self)
    }

    func encode(_ value: Int) throws { try write(value) }
    func encode(_ value: Int8) throws { try write(value) }
    func encode(_ value: Int16) throws { try write(value) }
    func encode(_ value: Int32) throws { try write(value) }
    func encode(_ value: Int64) throws { try write(value) }
    func encode(_ value: UInt) throws { try write(value) }
    func encode(_ value: UInt8) throws { try write(value) }
    func encode(_ value: UInt16) throws { try write(value) }
    func encode(_ value: UInt32) throws { try write(value) }
    func encode(_ value: UInt64) throws { try write(value) }

    private func write(_ value: some FixedWidthInteger) throws {
        try becomeValue()
        output.integer(value)
    }

    /// The value stands in this one's place.
    func encode<Value: Encodable>(_ value: Value) throws {
        guard shape == .none else { throw invalid(value, "one value cannot be written twice") }
        if output.special(value) {
            shape = .value
        } else {
            try value.encode(to: self)
        }
    }
}
