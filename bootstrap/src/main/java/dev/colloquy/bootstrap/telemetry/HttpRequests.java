package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.adapter.http.RequestObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Times requests and gives each a span, by the OpenTelemetry conventions for HTTP. The route is named by its template,
 * never by the path, which holds the user.
 */
final class HttpRequests implements RequestObserver {

    private static final TextMapGetter<Function<String, @Nullable String>> HEADERS = new Headers();

    private final MeterRegistry registry;
    private final Tracer tracer;
    private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();

    private record Answered(String method, String route, int status) {}

    HttpRequests(MeterRegistry registry, Tracer tracer) {
        this.registry = registry;
        this.tracer = tracer;
    }

    @Override
    public <R> R observe(Seen seen, Supplier<R> request, ToIntFunction<R> statusOf) {
        long start = System.nanoTime();
        Span span = start(seen);
        SpanContext context = span.getSpanContext();
        if (context.isValid()) {
            MDC.put("trace_id", context.getTraceId());
            MDC.put("span_id", context.getSpanId());
        }
        int status = 500;
        try {
            R answer = Context.current().with(span).wrapSupplier(request).get();
            status = statusOf.applyAsInt(answer);
            return answer;
        } finally {
            timer(new Answered(seen.method(), seen.route(), status))
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            MDC.remove("trace_id");
            MDC.remove("span_id");
            end(span, status);
        }
    }

    private Span start(Seen seen) {
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), seen.headers(), HEADERS);
        String name = seen.route().isEmpty() ? seen.method() : seen.method() + " " + seen.route();
        Span span = tracer.spanBuilder(name)
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        span.setAttribute("http.request.method", seen.method());
        if (!seen.route().isEmpty()) {
            span.setAttribute("http.route", seen.route());
        }
        return span;
    }

    private static void end(Span span, int status) {
        span.setAttribute("http.response.status_code", status);
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", Integer.toString(status));
        }
        span.end();
    }

    private Timer timer(Answered answered) {
        return timers.computeIfAbsent(
                answered,
                key -> Timer.builder("http.server.request.duration")
                        .description("How long requests took from the first header to the answer.")
                        .tag("http.request.method", key.method())
                        .tag("http.route", key.route().isEmpty() ? "none" : key.route())
                        .tag("http.response.status_code", Integer.toString(key.status()))
                        .register(registry));
    }

    private static final class Headers implements TextMapGetter<Function<String, @Nullable String>> {

        @Override
        public Iterable<String> keys(Function<String, @Nullable String> headers) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
            return headers == null ? null : headers.apply(name);
        }
    }
}
