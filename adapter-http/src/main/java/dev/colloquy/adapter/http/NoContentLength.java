package dev.colloquy.adapter.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Takes back the length that Helidon gives each answer at the last moment, where there must be none (RFC 9110, section
 * 8.6). Immutable.
 */
final class NoContentLength implements Http1ConnectionListener {

    /** Stands for the length in an answer that has to go without one. */
    static final Header MARK = HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, "0");

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (headers instanceof WritableHeaders<?> answer
                && answer.contains(HeaderNames.CONTENT_LENGTH)
                && isMark(answer.get(HeaderNames.CONTENT_LENGTH))) {
            answer.remove(HeaderNames.CONTENT_LENGTH);
        }
    }

    /** Only this one: another zero is the length of an empty body. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isMark(Header length) {
        return length == MARK;
    }
}
