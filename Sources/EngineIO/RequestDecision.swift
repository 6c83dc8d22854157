/// Whether a session may open.
public enum RequestDecision: Sendable, Equatable {
    case allow
    /// Refused with code 4: polling gets 403 and JSON with this text, an upgrade 400 and the text.
    case refuse(String = "Forbidden")
}
