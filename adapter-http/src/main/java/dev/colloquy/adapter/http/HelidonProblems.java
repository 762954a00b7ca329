package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemType;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** Gives the errors that Helidon finds before a request reaches the {@link Router} the form of all others. */
final class HelidonProblems implements DirectHandler {

    private static final String CONTENT_IS_ENCODED =
            "Content-Encoding header present when content encoding is disabled";
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";
    /** Helidon knows the number, but no words for it. */
    private static final Status REQUEST_HEADER_FIELDS_TOO_LARGE =
            Status.create(ProblemType.HEADERS_TOO_LARGE.status(), "Request Header Fields Too Large");

    private final int maxBodyBytes;

    private HelidonProblems(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Itself for every kind of error.
     *
     * @param maxBodyBytes the largest body, for the error about a larger one
     */
    static DirectHandlers forAll(int maxBodyBytes) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        HelidonProblems problems = new HelidonProblems(maxBodyBytes);
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, problems);
        }
        return handlers.build();
    }

    // Helidon's message does not get into the answer: it quotes the request.
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        // Helidon calls these two bad requests like any other.
        boolean encoded = eventType == EventType.BAD_REQUEST && CONTENT_IS_ENCODED.equals(message);
        boolean headersTooLarge = eventType == EventType.BAD_REQUEST && HEADERS_TOO_LARGE.equals(message);
        // Without a request, Helidon failed while it read one: the client broke off, which is no error of the service.
        boolean brokeOff =
                eventType == EventType.INTERNAL_ERROR && request.path().isEmpty();
        int code = brokeOff ? 400 : headersTooLarge ? 431 : status.code();
        Response response = encoded
                ? Response.problem(contentEncoding()).with(CorrelationId.HEADER, correlationId(request))
                : Response.problem(problem(code));
        TransportResponse.Builder answer = TransportResponse.builder()
                .status(headersTooLarge ? REQUEST_HEADER_FIELDS_TOO_LARGE : Status.create(response.status()))
                .keepAlive(false)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .entity(response.body());
        response.headers().forEach(header -> answer.header(HeaderNames.create(header.name()), header.value()));
        return answer.build();
    }

    private static String correlationId(TransportRequest request) {
        return CorrelationId.of(name -> HelidonEndpoint.header(request.headers(), name));
    }

    private static Problem contentEncoding() {
        return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body must come without a content encoding")
                .at("Content-Encoding", "no such header");
    }

    private Problem problem(int status) {
        return switch (status) {
            case 408 -> Problem.of(ProblemType.REQUEST_TIMEOUT, "the request did not arrive in time");
            case 413 -> HelidonBody.tooLarge(maxBodyBytes);
            case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "the request line is longer than this service reads");
            case 431 -> Problem.of(ProblemType.HEADERS_TOO_LARGE, "the headers are larger than this service reads");
            case 501 -> Problem.of(ProblemType.NOT_IMPLEMENTED, "this transfer encoding is not known");
            case 503 ->
                Problem.of(ProblemType.TOO_BUSY, "too many requests at the same time")
                        .withHeader("Retry-After", "1");
            case 505 -> Problem.of(ProblemType.HTTP_VERSION_NOT_SUPPORTED, "the service speaks HTTP/1.1");
            default ->
                status >= 500
                        ? Problem.of(ProblemType.INTERNAL_ERROR, "an unexpected error; the log of the service has more")
                        : Problem.of(ProblemType.MALFORMED_REQUEST, "the request does not follow HTTP/1.1");
        };
    }
}
