/// The elements of a JSON array.
struct JSONArray: UnkeyedEncodingContainer {
    private let slot: JSONSlot

    init(_ slot: JSONSlot) { self.slot = slot }

    var codingPath: [any CodingKey] { slot.codingPath }
    var count: Int { slot.count }

    func encodeNil() throws { slot.add(nil, plain: { $0.null() }) }
    func encode(_ value: Bool) throws { slot.add(nil, plain: { $0.bool(value) }) }
    func encode(_ value: String) throws { slot.add(nil, plain: { $0.text(value) }) }
    func encode(_ value: Double) throws {
        try slot.add(nil) { try $0.number(value, in: slot, at: IndexKey(slot.count - 1)) }
    }
    func encode(_ value: Float) throws {
        try slot.add(nil) { try $0.number(value, in: slot, at: IndexKey(slot.count - 1)) }
    }
    func encode(_ value: Int) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: Int8) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: Int16) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: Int32) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: Int64) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: UInt) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: UInt8) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: UInt16) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: UInt32) throws { slot.add(nil, plain: { $0.integer(value) }) }
    func encode(_ value: UInt64) throws { slot.add(nil, plain: { $0.integer(value) }) }

    func encode<Value: Encodable>(_ value: Value) throws {
        try slot.add(IndexKey(slot.count), isNamed: false, value)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        slot.addPlace(IndexKey(slot.count), isNamed: false).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.addPlace(IndexKey(slot.count), isNamed: false).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { slot.addPlace(IndexKey(slot.count), isNamed: false) }
}

/// The place of an element, for the paths of errors.
private struct IndexKey: CodingKey {
    let index: Int

    init(_ index: Int) { self.index = index }
    init?(stringValue: String) { nil }
    init?(intValue: Int) { index = intValue }

    var stringValue: String { "Index \(index)" }
    var intValue: Int? { index }
}
