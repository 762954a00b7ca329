package dev.colloquy.adapter.http.problem;

import java.util.Locale;

/**
 * Every kind of error that an answer can carry. The URI of a type never changes and never means anything else; clients
 * may decide by it.
 */
public enum ProblemType {
    /** A value is well-formed but not allowed; {@code field} and {@code allowed} say more. */
    INVALID_VALUE(400, "A value is not allowed"),
    /** The body is not one JSON value in UTF-8. */
    MALFORMED_JSON(400, "The body is not JSON"),
    /** The body is empty. */
    MISSING_BODY(400, "The body is missing"),
    /** A field of the body has another JSON type than it must have. */
    WRONG_TYPE(400, "A field has the wrong type"),
    /** A field of the body is not known. */
    UNKNOWN_FIELD(400, "A field is unknown"),
    /** A field of the body is there twice. */
    REPEATED_FIELD(400, "A field is repeated"),
    /** A field of the body is not there. */
    MISSING_FIELD(400, "A field is missing"),
    /** A query parameter is not known. */
    UNKNOWN_PARAMETER(400, "A query parameter is unknown"),
    /** The path or the query is not percent-encoded UTF-8. */
    MALFORMED_URI(400, "The URI is malformed"),
    /** The request does not follow HTTP. */
    MALFORMED_REQUEST(400, "The request is malformed"),
    /** The token is missing or not valid. */
    UNAUTHORIZED(401, "A valid token is needed"),
    /** The token is valid, but not for this. */
    FORBIDDEN(403, "The token does not allow this"),
    /** There is nothing at this path. */
    NOT_FOUND(404, "There is nothing here"),
    /** The path is known, but not with this method; the header {@code Allow} lists those it has. */
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    /** The request did not arrive in time. */
    REQUEST_TIMEOUT(408, "The request took too long"),
    /** The id of a message is known already, with something else. */
    MESSAGE_ID_CONFLICT(409, "The message id is taken"),
    /** The condition of {@code If-Match} is not met. */
    CONVERSATION_CHANGED(412, "The conversation has changed"),
    /** The body is larger than this service reads. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** A message is larger than the limit. */
    MESSAGE_TOO_LARGE(413, "A message is too large"),
    /** The request line is longer than this service reads. */
    URI_TOO_LONG(414, "The URI is too long"),
    /** The body is of another media type than JSON. */
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    /** The caller sends more requests than it may. */
    RATE_LIMITED(429, "Too many requests"),
    /** The headers are larger than this service reads. */
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    /** Something failed that should not; the log of the service knows more under {@code correlationId}. */
    INTERNAL_ERROR(500, "Something went wrong inside"),
    /** The store holds something that is not a message. */
    STORED_DATA_UNREADABLE(500, "The stored conversation cannot be read"),
    /** The request uses a part of HTTP that this service does not have. */
    NOT_IMPLEMENTED(501, "Not implemented"),
    /** The store cannot be reached; trying again later can help. */
    STORE_UNAVAILABLE(503, "The store is unavailable"),
    /** The store cannot be reached and no more messages can be kept for later. */
    OUTBOX_FULL(503, "The store is unavailable and the outbox is full"),
    /** The store does not let the service in; its settings have to change. */
    STORE_ACCESS_REFUSED(503, "The store refuses access"),
    /** The keys of the identity provider cannot be fetched, so that no JWT can be verified. */
    KEYS_UNAVAILABLE(503, "Tokens cannot be verified"),
    /** The service does as much as it can already. */
    TOO_BUSY(503, "The service is too busy"),
    /** The request is not of HTTP/1.1. */
    HTTP_VERSION_NOT_SUPPORTED(505, "The HTTP version is not supported"),
    /** A limit of the store itself is reached. */
    STORE_LIMIT_REACHED(507, "The store is full");

    private final int status;
    private final String title;
    private final String uri;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
        this.uri = "urn:colloquy:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** What it is, in a few words; the same for each occurrence. */
    public String title() {
        return title;
    }

    /** Its stable name, such as {@code urn:colloquy:problem:invalid-value}. */
    public String uri() {
        return uri;
    }
}
