import ChatDomain
import Testing

@testable import ChatOutbound

@Suite("Where requests may go")
struct DestinationTests {
    @Test(
        "The parts of an address",
        arguments: [
            ("https://example.org", true, "example.org", 443, "/"),
            ("http://example.org:8080?x=1", false, "example.org", 8080, "/?x=1"),
            ("HTTPS://[2001:db8::1]:8443/a?b", true, "2001:db8::1", 8443, "/a?b"),
            ("http://127.1/", false, "127.1", 80, "/"),
        ])
    func destination(text: String, isSecure: Bool, host: String, port: Int, path: String) throws {
        let destination = try #require(Destination(WebURL(text)))
        #expect(destination.isSecure == isSecure && destination.host == host)
        #expect(destination.port == port && destination.path == path)
    }

    @Test(
        "Addresses that are not asked",
        arguments: [
            "http://example.org:22/", "http://example.org:25", "http://example.org:70000",
            "http://example.org:x/",
            "http://exa$mple.org/", "http://[::1/", "http://[::1]x/",
        ])
    func noDestination(text: String) throws {
        #expect(try Destination(WebURL(text)) == nil)
    }
}
