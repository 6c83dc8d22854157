/// The members of a JSON object, in the order in which they are written.
struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let slot: JSONSlot

    init(_ slot: JSONSlot) { self.slot = slot }

    var codingPath: [any CodingKey] { slot.codingPath }

    func encodeNil(forKey key: Key) throws { slot.add(key.stringValue, plain: { $0.null() }) }
    func encode(_ value: Bool, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.bool(value) })
    }
    func encode(_ value: String, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.text(value) })
    }
    func encode(_ value: Double, forKey key: Key) throws {
        try slot.add(key.stringValue) { try $0.number(value, in: slot, at: key) }
    }
    func encode(_ value: Float, forKey key: Key) throws {
        try slot.add(key.stringValue) { try $0.number(value, in: slot, at: key) }
    }
    func encode(_ value: Int, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: Int8, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: Int16, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: Int32, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: Int64, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: UInt, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: UInt8, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: UInt16, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: UInt32, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }
    func encode(_ value: UInt64, forKey key: Key) throws {
        slot.add(key.stringValue, plain: { $0.integer(value) })
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try slot.add(key, isNamed: true, value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        slot.addPlace(key, isNamed: true).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        slot.addPlace(key, isNamed: true).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { slot.addPlace(SuperKey(), isNamed: true) }

    func superEncoder(forKey key: Key) -> any Encoder { slot.addPlace(key, isNamed: true) }
}

/// Under which name a superclass is written that has none of its own.
private struct SuperKey: CodingKey {
    let stringValue = "super"
    let intValue: Int? = 0

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
}
