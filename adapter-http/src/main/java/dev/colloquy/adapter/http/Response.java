package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.json.AnswerWriter;
import dev.colloquy.adapter.http.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What goes back to the client. Immutable; nobody changes the bytes of the body. */
final class Response {

    private static final byte[] NOTHING = {};

    private final int status;
    private final List<Problem.Header> headers;
    private final byte[] body;

    private Response(int status, List<Problem.Header> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer with a JSON body. */
    static Response json(int status, byte[] body) {
        return of(status, "application/json", body);
    }

    /** An answer in another media type; the text goes out in UTF-8. */
    static Response text(int status, String mediaType, String body) {
        return of(status, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with these bytes in any media type. */
    static Response of(int status, String mediaType, byte[] body) {
        return new Response(status, List.of(new Problem.Header("Content-Type", mediaType)), body);
    }

    /** An answer without a body. */
    static Response empty(int status) {
        return new Response(status, List.of(), NOTHING);
    }

    /** A problem as an answer. */
    static Response problem(Problem problem) {
        Response response = of(problem.type().status(), "application/problem+json", AnswerWriter.problem(problem));
        for (Problem.Header header : problem.headers()) {
            response = response.with(header.name(), header.value());
        }
        return response;
    }

    /** The same with one more header. */
    Response with(String name, String value) {
        List<Problem.Header> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        more.add(new Problem.Header(name, value));
        return new Response(status, Collections.unmodifiableList(more), body);
    }

    /** The HTTP status. */
    int status() {
        return status;
    }

    /** The headers, but those about the connection and the length. */
    List<Problem.Header> headers() {
        return headers;
    }

    /** The body; empty for none. */
    byte[] body() {
        return body;
    }
}
