package dev.colloquy.adapter.http;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each request, at debug: method, route, status, time and correlation id. Never the path itself,
 * which names the user, nor anything of a body.
 */
final class AccessLogFilter implements Filter {

    /** A name of its own, so that it can be turned on and off by itself. */
    static final String LOGGER = "dev.colloquy.access";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    @Override
    public Response filter(Request request, Handler next) {
        if (!LOG.isDebugEnabled()) {
            return next.handle(request);
        }
        long start = System.nanoTime();
        Response response = next.handle(request);
        LOG.debug(
                "{} {} {} {} µs, correlation id {}",
                ObservingFilter.methodOf(request),
                request.route().map(route -> route.template().text()).orElse("no route"),
                response.status(),
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start),
                request.correlationId());
        return response;
    }
}
