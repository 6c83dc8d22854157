internal import Testing
internal import WebSocketProtocol

/// permessage-deflate by its header field alone (RFC 7692 section 7).
@Suite struct DeflateNegotiationTests {
    static func answer(_ values: [String], _ policy: DeflatePolicy) -> Result<String?, ExtensionViolation> {
        do throws(ExtensionViolation) {
            return .success(try DeflateAgreement.accept(values, policy: policy)?.headerValue)
        } catch {
            return .failure(error)
        }
    }

    static let open = DeflatePolicy(serverContextTakeover: true, clientContextTakeover: true)

    @Test(
        "A server that leaves everything open takes what the offer says",
        arguments: [
            ("permessage-deflate", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
            (
                "permessage-deflate; client_max_window_bits=10",
                "permessage-deflate; client_max_window_bits=10"
            ),
            (
                "permessage-deflate;server_max_window_bits=\"9\"",
                "permessage-deflate; server_max_window_bits=9"
            ),
            (
                "permessage-deflate; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=15"
            ),
            (
                "permessage-deflate ; server_no_context_takeover ;client_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            ),
            ("foo; x=1, permessage-deflate", "permessage-deflate"),
            (", ,permessage-deflate,,", "permessage-deflate"),
            (
                "permessage-deflate; server_max_window_bits=8, permessage-deflate",
                "permessage-deflate; server_max_window_bits=8"
            ),
        ])
    func accepted(offer: String, answer: String) {
        #expect(Self.answer([offer], Self.open) == .success(answer))
    }

    @Test(
        "Offers that are declined",
        arguments: [
            "", ",", "x-webkit-deflate-frame", "Permessage-deflate-x", "permessage-deflate; unknown",
            "permessage-deflate; server_no_context_takeover=1",
            "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
            "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=7",
            "permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_max_window_bits=08",
            "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9",
            "permessage-deflate; client_max_window_bits=0", "permessage-deflate; client_max_window_bits=1x",
            "permessage-deflate; client_max_window_bits; client_max_window_bits",
        ])
    func declined(offer: String) {
        #expect(Self.answer([offer], Self.open) == .success(nil))
        // Another offer behind it is still looked at.
        #expect(Self.answer([offer, "permessage-deflate"], Self.open) == .success("permessage-deflate"))
    }

    @Test(
        "Fields that break the grammar",
        arguments: [
            ";", "permessage-deflate;", "permessage-deflate; =1", "permessage-deflate; a=", "a b", "a; b c",
            "a; b=\"", "a; b=\"\"", "a; b=\"c", "a; b=\"c d\"", "a; b=\"\\", "a; b=\"c\" d", "a/b", "\u{e9}",
        ])
    func malformed(field: String) {
        #expect(Self.answer([field], Self.open) == .failure(.malformed))
        // Also behind what was acceptable.
        #expect(Self.answer(["permessage-deflate", field], Self.open) == .failure(.malformed))
    }

    @Test("The field's length is bounded")
    func length() {
        let long = "a" + String(repeating: ",", count: ExtensionList.maxBytes)
        #expect(Self.answer([long], Self.open) == .failure(.malformed))
        let fits = String(repeating: ",", count: ExtensionList.maxBytes - 20) + "permessage-deflate"
        #expect(Self.answer([fits], Self.open) == .success("permessage-deflate"))
    }

    @Test("What the server's policy makes of an offer")
    func policies() {
        #expect(
            Self.answer(["permessage-deflate"], DeflatePolicy())
                == .success("permessage-deflate; server_no_context_takeover; client_no_context_takeover"))
        let small = DeflatePolicy(
            serverContextTakeover: true, clientContextTakeover: true, serverMaxWindowBits: 10,
            clientMaxWindowBits: 11)
        #expect(
            Self.answer(["permessage-deflate; client_max_window_bits"], small)
                == .success("permessage-deflate; server_max_window_bits=10; client_max_window_bits=11"))
        #expect(
            Self.answer(
                ["permessage-deflate; client_max_window_bits=9; server_max_window_bits=9"], small)
                == .success("permessage-deflate; server_max_window_bits=9; client_max_window_bits=9"))
        // A client that cannot be told of a smaller window is not.
        #expect(Self.answer(["permessage-deflate"], small) == .success(nil))
        let absurd = DeflatePolicy(
            serverContextTakeover: true, clientContextTakeover: true, serverMaxWindowBits: -3,
            clientMaxWindowBits: 99)
        #expect(
            Self.answer(["permessage-deflate"], absurd)
                == .success("permessage-deflate; server_max_window_bits=8"))
    }

    // MARK: - The client's side

    static func confirm(
        _ answer: String, _ offer: DeflateOffer?
    ) -> Result<DeflateAgreement?, ExtensionViolation> {
        do throws(ExtensionViolation) {
            return .success(try DeflateAgreement.confirm(answer.isEmpty ? [] : [answer], of: offer))
        } catch {
            return .failure(error)
        }
    }

    @Test("What every offer can be answered with, the client takes")
    func bothEnds() throws {
        let bits: [Int?] = [nil, 8, 9, 10, 11, 12, 13, 14, 15]
        for server in bits {
            for client in bits {
                for flags in 0..<16 {
                    let offer = DeflateOffer(
                        serverNoContextTakeover: flags & 1 != 0, clientNoContextTakeover: flags & 2 != 0,
                        serverMaxWindowBits: server, clientMaxWindowBits: client)
                    var list = try ExtensionList([offer.headerValue])
                    #expect(try list.next().flatMap(DeflateOffer.init) == offer)
                    for limit in [8, 11, 15] {
                        let policy = DeflatePolicy(
                            serverContextTakeover: flags & 4 != 0, clientContextTakeover: flags & 8 != 0,
                            serverMaxWindowBits: limit, clientMaxWindowBits: limit)
                        let agreement = try DeflateAgreement.accept([offer.headerValue], policy: policy)
                        #expect((agreement == nil) == (client == nil && limit < 15))
                        let heard = Self.confirm(agreement?.headerValue ?? "", offer)
                        #expect(heard == .success(agreement), "\(offer.headerValue)")
                    }
                }
            }
        }
    }

    @Test(
        "Answers that a client must not take",
        arguments: [
            ("permessage-deflate", nil, ExtensionViolation.notOffered),
            ("foo", DeflateOffer(), .notOffered),
            ("permessage-deflate, permessage-deflate", DeflateOffer(), .repeated),
            ("permessage-deflate; foo", DeflateOffer(), .invalidParameter),
            ("permessage-deflate; client_max_window_bits", DeflateOffer(), .invalidParameter),
            (
                "permessage-deflate; client_max_window_bits=9", DeflateOffer(clientMaxWindowBits: nil),
                .invalidParameter
            ),
            (
                "permessage-deflate; client_max_window_bits=12", DeflateOffer(clientMaxWindowBits: 11),
                .invalidParameter
            ),
            ("permessage-deflate", DeflateOffer(serverNoContextTakeover: true), .invalidParameter),
            ("permessage-deflate", DeflateOffer(serverMaxWindowBits: 10), .invalidParameter),
            (
                "permessage-deflate; server_max_window_bits=11", DeflateOffer(serverMaxWindowBits: 10),
                .invalidParameter
            ),
            ("permessage-deflate;", DeflateOffer(), .malformed),
        ] as [(String, DeflateOffer?, ExtensionViolation)])
    func refusedAnswers(answer: String, offer: DeflateOffer?, violation: ExtensionViolation) {
        #expect(Self.confirm(answer, offer) == .failure(violation))
    }

    @Test func reasons() {
        let reasons = ExtensionViolation.allCases.map(\.reason)
        #expect(Set(reasons).count == reasons.count)
        #expect(reasons.allSatisfy { !$0.isEmpty && $0.utf8.count <= 123 })
    }
}
