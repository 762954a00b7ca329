package dev.colloquy.adapter.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Between Helidon and the {@link Router}. It is a filter that never proceeds, so that Helidon's own routing, which
 * decodes and normalises paths, has no say.
 */
final class HelidonEndpoint implements Filter {

    private static final List<String> SCHEMES = List.of("http://", "https://");
    private static final Header NO_SNIFFING = HeaderValues.createCached(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    private static final Header NO_STORING = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    /** Those that the service itself asks for and sends. */
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

    private final Router router;
    private final int maxBodyBytes;
    private final Duration bodyTimeout;
    private final Connections connections;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private volatile boolean stopping;

    HelidonEndpoint(Router router, int maxBodyBytes, Duration bodyTimeout, Connections connections) {
        this.router = router;
        this.maxBodyBytes = maxBodyBytes;
        this.bodyTimeout = bodyTimeout;
        this.connections = connections;
    }

    /** From now on each answer is the last one of its connection. */
    void stopping() {
        stopping = true;
    }

    /** How many requests have begun. */
    long begun() {
        return begun.sum();
    }

    /** Whether no request is being handled. */
    boolean isIdle() {
        // In this order: a request that ends in between may only make it look busy.
        long done = ended.sum();
        return begun.sum() == done;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        begun.increment();
        try {
            handle(request, response);
        } finally {
            ended.increment();
        }
    }

    private void handle(ServerRequest request, ServerResponse response) {
        Connections.Connection connection = connections.of(request.remotePeer().address());
        connection.working();
        HelidonBody body = new HelidonBody(request, maxBodyBytes, bodyTimeout, connection);
        String method = request.prologue().method().text();
        Response answer =
                router.answer(method, target(request.prologue()), name -> header(request.headers(), name), body);
        boolean bodyIsLeft = body.endsConnection();
        boolean close = bodyIsLeft || stopping || wantsToClose(request.headers());
        connection.answering();
        send(answer, method.equals("HEAD"), close, response);
        if (bodyIsLeft) {
            body.drain();
        }
        connection.idle();
        if (close) {
            // Helidon itself only announces it.
            throw new CloseConnectionException("the connection ends after this answer");
        }
    }

    private static boolean wantsToClose(Headers headers) {
        // Most requests have no such header, and Helidon looks for its words in a stream of nothing.
        return headers.contains(HeaderNames.CONNECTION) && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    private static void send(Response answer, boolean head, boolean close, ServerResponse response) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach(header -> response.header(headerName(header.name()), header.value()));
        response.header(NO_SNIFFING);
        if (!response.headers().contains(HeaderNames.CACHE_CONTROL)) {
            response.header(NO_STORING);
        }
        if (close) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (answer.status() == 204 || answer.status() == 304) {
            response.header(NoContentLength.MARK);
            response.send();
        } else if (head) {
            response.contentLength(answer.body().length);
            response.send();
        } else {
            response.send(answer.body());
        }
    }

    /** The path and query as they came. A request may also name the whole URI, as it does for a proxy. */
    private static String target(HttpPrologue prologue) {
        String path = withoutHost(prologue.uriPath().rawPath());
        if (prologue.fragment().hasValue()) {
            // Not allowed in a request; the raw hash sign makes the router refuse it.
            return path + "#";
        }
        return prologue.hasQuery() ? path + '?' + prologue.query().rawValue() : path;
    }

    private static String withoutHost(String path) {
        for (String scheme : SCHEMES) {
            if (path.regionMatches(true, 0, scheme, 0, scheme.length())) {
                int slash = path.indexOf('/', scheme.length());
                return slash < 0 ? "/" : path.substring(slash);
            }
        }
        return path;
    }

    /** A header's value by name, several joined with commas; null if it is not there. */
    static @Nullable String header(Headers headers, String name) {
        return headers.find(headerName(name)).map(Header::values).orElse(null);
    }

    /** Made once for each, as that costs more than a look at a map. */
    private static HeaderName headerName(String text) {
        HeaderName known = NAMES.get(text);
        return known != null ? known : NAMES.computeIfAbsent(text, HeaderNames::create);
    }
}
