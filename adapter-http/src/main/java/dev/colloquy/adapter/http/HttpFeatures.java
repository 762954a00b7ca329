package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.access.AccessControl;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the use cases on the HTTP surface; all of it can be left out. Immutable.
 *
 * @param access recognises callers; null to let everybody in
 * @param observer is told of every request
 * @param metrics gives the metrics in the Prometheus text format for {@code /metrics}; null if there is no such route
 */
public record HttpFeatures(
        @Nullable AccessControl access,
        RequestObserver observer,
        @Nullable Supplier<String> metrics) {

    /** Nothing but the use cases. */
    public static final HttpFeatures NONE = new HttpFeatures(null, RequestObserver.NONE, null);

    public HttpFeatures {
        Objects.requireNonNull(observer, "observer");
    }

    /** Gives the metrics, if there is such a route. */
    Optional<Supplier<String>> metricsSource() {
        return Optional.ofNullable(metrics);
    }

    /** Recognises callers, if not everybody is let in. */
    Optional<AccessControl> accessControl() {
        return Optional.ofNullable(access);
    }

    /** The same, letting in only recognised callers. */
    public HttpFeatures guardedBy(AccessControl control) {
        return new HttpFeatures(control, observer, metrics);
    }

    /** The same, with an observer of every request. */
    public HttpFeatures observedBy(RequestObserver other) {
        return new HttpFeatures(access, other, metrics);
    }

    /** The same, with {@code /metrics}. */
    public HttpFeatures withMetrics(Supplier<String> source) {
        return new HttpFeatures(access, observer, source);
    }
}
