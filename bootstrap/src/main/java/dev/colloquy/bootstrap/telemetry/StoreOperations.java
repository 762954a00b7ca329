package dev.colloquy.bootstrap.telemetry;

import dev.colloquy.domain.conversation.AgentId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Times operations of a store by the OpenTelemetry conventions for databases, with the outcome beside the operation, and
 * logs when it begins to refuse. No user is named: a label for each would be a series for each.
 */
final class StoreOperations {

    private final MeterRegistry registry;
    private final Tracer tracer;
    private final String system;
    private final StoreRefusals refusals = new StoreRefusals(System::nanoTime);
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();

    private record Outcome(String operation, String name) {}

    /** @param system the kind of store, such as {@code redis} */
    StoreOperations(MeterRegistry registry, Tracer tracer, String system) {
        this.registry = registry;
        this.tracer = tracer;
        this.system = system;
    }

    <T> T observe(String operation, AgentId agent, Supplier<T> call, Function<T, String> outcomeOf) {
        Span span = tracer.spanBuilder(operation + " conversation")
                .setSpanKind(SpanKind.CLIENT)
                .startSpan();
        span.setAttribute("db.system.name", system);
        span.setAttribute("db.operation.name", operation);
        span.setAttribute("colloquy.agent", agent.value());
        long start = System.nanoTime();
        String outcome = "error";
        try {
            T result = Context.current().with(span).wrapSupplier(call).get();
            outcome = outcomeOf.apply(result);
            return result;
        } catch (RuntimeException e) {
            outcome = e.getClass().getSimpleName();
            // The messages of our own errors hold no content; those of others are not ours to vouch for.
            span.setStatus(StatusCode.ERROR, outcome);
            span.setAttribute("error.type", outcome);
            refusals.report(e);
            throw e;
        } finally {
            timer(operation, outcome).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            span.setAttribute("colloquy.outcome", outcome);
            span.end();
        }
    }

    private Timer timer(String operation, String outcome) {
        return timers.computeIfAbsent(
                new Outcome(operation, outcome),
                key -> Timer.builder("db.client.operation.duration")
                        .description("How long operations of the conversation store took.")
                        .tag("db.system.name", system)
                        .tag("db.operation.name", operation)
                        .tag("outcome", outcome)
                        .register(registry));
    }
}
