internal import Testing

@testable internal import ChatGateway

@Suite("Fields of forms")
struct FormFieldsTests {
    @Test(
        "Escapes are undone, the first field counts",
        arguments: [
            ("q=a+b%2Bc", "a b+c"), ("x=1&q=%C3%A9", "é"), ("q=", ""), ("q", ""), ("%71=a", "a"),
            ("q=a=b", "a=b"),
            ("q=1&q=2", "1"), ("", nil), ("x=1", nil), ("qq=1", nil), ("q=%4", nil), ("q=%zz", nil),
            ("q=%+1", nil),
        ] as [(String, String?)])
    func fields(form: String, expected: String?) {
        let value = FormFields.value("q", of: form.utf8).map { String(decoding: $0, as: UTF8.self) }
        #expect(value == expected)
    }
}
