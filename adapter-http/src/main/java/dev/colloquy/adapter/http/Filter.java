package dev.colloquy.adapter.http;

/**
 * Does something around every request, matched by a route or not: access control, limits, metrics, tracing. Filters
 * know nothing of the server library and the handlers nothing of the filters. Safe for any number of threads.
 */
@FunctionalInterface
interface Filter {

    /**
     * Answers itself, or lets {@code next} answer.
     *
     * @param request the request; {@link Request#route()} says which route it goes to
     * @param next the filters behind this one and the handler; it does not throw, an error comes back as its answer
     * @return the answer
     * @throws RuntimeException becomes a problem as for a {@link Handler}
     */
    Response filter(Request request, Handler next);
}
