import Testing

@testable import ChatService

@Suite("Addresses and ranges")
struct AddressTests {
    @Test(
        "Addresses that are not public",
        arguments: [
            "127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.7", "203.0.113.9",
            "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
            "64:ff9b::7f00:1", "2001:db8::1", "2002:7f00:1::1", "2001::1", "::127.0.0.1", "fec0::1",
        ])
    func hidden(text: String) throws {
        #expect(try !#require(NetworkAddress(text)).isPublic)
    }

    @Test(
        "Addresses that are",
        arguments: [
            "1.1.1.1", "93.184.216.34", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
        ])
    func open(text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublic)
    }

    @Test(
        "Ranges hold what they should",
        arguments: [
            ("192.168.7.0/24", "192.168.7.255", true), ("192.168.7.0/24", "192.168.8.0", false),
            ("10.0.0.0/9", "10.127.0.1", true), ("10.0.0.0/9", "10.128.0.1", false),
            ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false),
            ("0.0.0.0/0", "9.9.9.9", true),
            ("::/0", "2001::1", true), ("::/0", "1.1.1.1", false), ("::1", "::1", true),
            ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
        ])
    func ranges(range: String, address: String, expected: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(try range.contains(#require(NetworkAddress(address))) == expected)
    }

    @Test(
        "Ranges that are none",
        arguments: ["", "x", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "::/129", "1.2.3/8"])
    func noRanges(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
