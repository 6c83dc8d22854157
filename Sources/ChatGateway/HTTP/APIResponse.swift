internal import ChatDomain
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Builds the JSON answers of the HTTP API.
enum APIResponse {
    /// `value` as JSON. Answers of the API are never kept by caches.
    static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, cookie: String? = nil
    ) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
        ]
        if let cookie { headers[.setCookie] = cookie }
        do {
            let body = ByteBuffer(bytes: try JSONEncoder().encode(value))
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
        } catch {
            return Response(status: .internalServerError)
        }
    }

    /// A refusal, with the status that fits its code.
    static func error(_ error: ChatError) -> Response {
        var response = json(ErrorBody(error), status: status(of: error.code))
        if let after = error.after {
            response.headers[.retryAfter] = String((after + 999) / 1_000)
        }
        return response
    }

    private static func status(of code: ChatError.Code) -> HTTPResponse.Status {
        switch code {
        case .invalid, .tooLong: .badRequest
        case .notFound: .notFound
        case .forbidden, .inviteRequired, .inviteInvalid, .banned, .silenced, .deactivated: .forbidden
        case .cidReused, .alreadySetUp, .usernameTaken, .archived, .lastAdmin, .already, .conflict: .conflict
        case .tooLarge, .quota: .contentTooLarge
        case .type: .unsupportedMediaType
        case .rate: .tooManyRequests
        case .busy, .unavailable: .serviceUnavailable
        case .credentials, .unauthorized, .totpRequired, .totp: .unauthorized
        }
    }
}
