package dev.colloquy.adapter.http;

import java.util.Set;

/**
 * A line of the table of routes.
 *
 * @param method the method, such as {@code POST}
 * @param template the path
 * @param parameters the names of the query parameters it knows
 * @param handler what answers
 */
record Route(String method, PathTemplate template, Set<String> parameters, Handler handler) {

    /** A route without query parameters. */
    static Route of(String method, String template, Handler handler) {
        return new Route(method, PathTemplate.of(template), Set.of(), handler);
    }

    /** The same with query parameters. */
    Route knowing(String... names) {
        return new Route(method, template, Set.of(names), handler);
    }
}
