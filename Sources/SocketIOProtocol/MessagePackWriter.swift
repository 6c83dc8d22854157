/// Writes MessagePack values, each in its shortest form.
enum MessagePackWriter {
    static func map(_ count: Int, to output: inout [UInt8]) {
        Self.head(count, fixed: 0x80, below: 16, wide: (0xDE, 0xDF), to: &output)
    }

    static func array(_ count: Int, to output: inout [UInt8]) {
        Self.head(count, fixed: 0x90, below: 16, wide: (0xDC, 0xDD), to: &output)
    }

    static func string(_ text: some Collection<UInt8>, to output: inout [UInt8]) {
        let count = text.count
        if count >= 32, count < 256 {
            output.append(0xD9)
            output.append(UInt8(count))
        } else {
            Self.head(count, fixed: 0xA0, below: 32, wide: (0xDA, 0xDB), to: &output)
        }
        output.append(contentsOf: text)
    }

    static func binary(_ bytes: [UInt8], to output: inout [UInt8]) {
        if bytes.count < 256 {
            output.append(0xC4)
            output.append(UInt8(bytes.count))
        } else if bytes.count < 65_536 {
            output.append(0xC5)
            Self.bigEndian(UInt64(bytes.count), 2, to: &output)
        } else {
            output.append(0xC6)
            Self.bigEndian(UInt64(bytes.count), 4, to: &output)
        }
        output.append(contentsOf: bytes)
    }

    static func unsigned(_ value: UInt64, to output: inout [UInt8]) {
        switch value {
        case ..<0x80: output.append(UInt8(value))
        case ..<0x100: Self.wide(0xCC, value, 1, to: &output)
        case ..<0x1_0000: Self.wide(0xCD, value, 2, to: &output)
        case ..<0x1_0000_0000: Self.wide(0xCE, value, 4, to: &output)
        default: Self.wide(0xCF, value, 8, to: &output)
        }
    }

    static func integer(_ value: Int64, to output: inout [UInt8]) {
        switch value {
        case 0...: Self.unsigned(UInt64(value), to: &output)
        case (-32)...: output.append(UInt8(bitPattern: Int8(value)))
        case Int64(Int8.min)...: Self.wide(0xD0, UInt64(bitPattern: value), 1, to: &output)
        case Int64(Int16.min)...: Self.wide(0xD1, UInt64(bitPattern: value), 2, to: &output)
        case Int64(Int32.min)...: Self.wide(0xD2, UInt64(bitPattern: value), 4, to: &output)
        default: Self.wide(0xD3, UInt64(bitPattern: value), 8, to: &output)
        }
    }

    static func number(_ value: Double, to output: inout [UInt8]) {
        Self.wide(0xCB, value.bitPattern, 8, to: &output)
    }

    private static func head(
        _ count: Int, fixed: UInt8, below limit: Int, wide: (UInt8, UInt8), to output: inout [UInt8]
    ) {
        if count < limit {
            output.append(fixed | UInt8(count))
        } else if count < 65_536 {
            Self.wide(wide.0, UInt64(count), 2, to: &output)
        } else {
            Self.wide(wide.1, UInt64(count), 4, to: &output)
        }
    }

    private static func wide(_ head: UInt8, _ value: UInt64, _ size: Int, to output: inout [UInt8]) {
        output.append(head)
        Self.bigEndian(value, size, to: &output)
    }

    private static func bigEndian(_ value: UInt64, _ size: Int, to output: inout [UInt8]) {
        for shift in stride(from: (size - 1) * 8, through: 0, by: -8) {
            output.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }
}
