package dev.colloquy.adapter.http;

import java.util.Set;

/** Tells the observer of each request. */
record ObservingFilter(RequestObserver observer) implements Filter {

    /** Anything else a client made up would become a metric series of its own. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    @Override
    public Response filter(Request request, Handler next) {
        String route = request.route().map(found -> found.template().text()).orElse("");
        return observer.observe(
                new RequestObserver.Seen(methodOf(request), route, request.headers()),
                () -> next.handle(request),
                Response::status);
    }

    /** The method, or {@code _OTHER} for one that HTTP does not define. */
    static String methodOf(Request request) {
        return METHODS.contains(request.method()) ? request.method() : "_OTHER";
    }
}
