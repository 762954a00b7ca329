package dev.colloquy.adapter.http;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Stands around every request, for metrics and traces. Safe for any number of threads. */
public interface RequestObserver {

    /** Looks at nothing. */
    RequestObserver NONE = new RequestObserver() {
        @Override
        public <R> R observe(Seen seen, Supplier<R> request, ToIntFunction<R> statusOf) {
            return request.get();
        }
    };

    /**
     * What an observer may know of a request before it is answered.
     *
     * @param method the method, such as {@code POST}; {@code _OTHER} for one that HTTP does not define
     * @param route the template of the route, such as {@code /health/live}; empty if no route has the path
     * @param headers gives a request header by name, null if it is not there
     */
    record Seen(String method, String route, Function<String, @Nullable String> headers) {}

    /**
     * Lets the request be answered and returns that answer unchanged.
     *
     * @param seen what the request is
     * @param request answers it; called once, on this thread
     * @param statusOf gives the HTTP status of the answer
     */
    <R> R observe(Seen seen, Supplier<R> request, ToIntFunction<R> statusOf);
}
