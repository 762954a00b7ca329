package dev.colloquy.adapter.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request, independent of the server library. Immutable but for its body.
 *
 * @param method the method, such as {@code POST}
 * @param matched the route it goes to; null if there is none or the path is malformed
 * @param path the decoded parameters of the path by name
 * @param query the decoded parameters of the query by name
 * @param headers gives a header's value by name, several joined with commas; null if it is not there
 * @param body its body
 * @param caller the name of the recognised caller; null if nobody had to be recognised
 * @param correlationId what names it in the answer and in the log
 */
record Request(
        String method,
        @Nullable Route matched,
        Map<String, String> path,
        Map<String, String> query,
        Function<String, @Nullable String> headers,
        RequestBody body,
        @Nullable String caller,
        String correlationId) {

    /** A request of which nothing else is known yet. */
    Request(String method, Function<String, @Nullable String> headers, RequestBody body) {
        this(method, null, Map.of(), Map.of(), headers, body, null, CorrelationId.of(headers));
    }

    /** The same, going to this route. */
    Request to(Route route, Map<String, String> parameters) {
        return new Request(method, route, parameters, query, headers, body, caller, correlationId);
    }

    /** The same with these parameters of the query. */
    Request asking(Map<String, String> parameters) {
        return new Request(method, matched, path, parameters, headers, body, caller, correlationId);
    }

    /** The same, by a recognised caller. */
    Request by(String name) {
        return new Request(method, matched, path, query, headers, body, name, correlationId);
    }

    /** The route it goes to, or empty if there is none. */
    Optional<Route> route() {
        return Optional.ofNullable(matched);
    }

    /** Whether it goes to what watches over the service, which has to work when the service is busy. */
    boolean isFromOperator() {
        return route().map(route -> route.template().text())
                .filter(template -> template.startsWith("/health/") || template.equals("/metrics"))
                .isPresent();
    }

    /** A header's value, or empty if it is not there. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    /** A parameter of the path, which the route's template has. */
    String pathParameter(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        return value;
    }

    /** A parameter of the query, or empty if it is not there. */
    Optional<String> queryParameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
