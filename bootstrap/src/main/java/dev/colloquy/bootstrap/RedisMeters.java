package dev.colloquy.bootstrap;

import dev.colloquy.adapter.redis.RedisListener;
import dev.colloquy.application.outbox.OutboxStatistics;
import dev.colloquy.bootstrap.telemetry.Meters;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** What an operator wants to know of Redis: pipelines, retries, the breaker, and what waits in the outbox. */
final class RedisMeters implements RedisListener {

    private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
    private final AtomicInteger breaker = new AtomicInteger();
    private final Meters meters;
    private final LongConsumer pipelines;

    RedisMeters(Meters meters) {
        this.meters = meters;
        pipelines = meters.sizes(
                "colloquy.redis.pipeline.calls",
                "How many calls travel in one pipeline.",
                1,
                2,
                4,
                8,
                16,
                32,
                64,
                128,
                256);
        count("colloquy.redis.retries", "Attempts that were made again.", Event.RETRIED);
        count("colloquy.redis.failures", "Calls that failed after their last attempt.", Event.GAVE_UP);
        count("colloquy.redis.breaker.refusals", "Calls that an open breaker refused at once.", Event.REFUSED);
        count("colloquy.redis.breaker.openings", "How often the breaker has opened.", Event.BREAKER_OPENED);
        meters.gauge(
                "colloquy.redis.breaker.state", "The circuit breaker: 0 closed, 1 half open, 2 open.", breaker::get);
    }

    private void count(String name, String description, Event event) {
        LongAdder adder = new LongAdder();
        events.put(event, adder);
        meters.counter(name, description, adder::sum);
    }

    @Override
    public void on(Event event) {
        LongAdder adder = events.get(event);
        if (adder != null) {
            adder.increment();
        }
        switch (event) {
            case BREAKER_OPENED -> breaker.set(2);
            case BREAKER_HALF_OPENED -> breaker.set(1);
            case BREAKER_CLOSED -> breaker.set(0);
            case RETRIED, GAVE_UP, REFUSED -> {
                // Counted above; the breaker's state is as it was.
            }
        }
    }

    @Override
    public void sent(int calls) {
        pipelines.accept(calls);
    }

    void watch(OutboxStatistics outbox) {
        meters.gauge(
                "colloquy.outbox.messages",
                "Messages that wait for the store; a clear counts as one.",
                outbox::waitingMessages);
        meters.gauge("colloquy.outbox.size.bytes", "Bytes that wait for the store.", outbox::waitingBytes);
        meters.age(
                "colloquy.outbox.oldest.age",
                "How long the oldest message has been waiting.",
                () -> outbox.oldestAge().toMillis());
        meters.age(
                "colloquy.degraded.time",
                "How long the state has been degraded; 0 when live.",
                () -> outbox.degradedTime().toMillis());
        meters.counter("colloquy.outbox.replayed", "Messages replayed into the store.", outbox::replayedMessages);
        meters.counter("colloquy.outbox.kept.aside", "Entries the store will not take.", outbox::keptAsideEntries);
        meters.counter(
                "colloquy.outbox.refused",
                "Calls refused as the outbox was full or its journal could not be written.",
                outbox::refusedCalls);
        meters.counter("colloquy.degraded.episodes", "How often the state became degraded.", outbox::episodes);
    }
}
