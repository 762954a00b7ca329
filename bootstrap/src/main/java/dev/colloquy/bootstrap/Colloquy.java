package dev.colloquy.bootstrap;

import dev.colloquy.application.conversation.UseCases;
import dev.colloquy.bootstrap.settings.Settings;
import dev.colloquy.bootstrap.telemetry.Telemetry;
import dev.colloquy.domain.conversation.AgentId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Colloquy inside a Java program: the same conversations as over HTTP, without the HTTP.
 *
 * <pre>{@code
 * try (var colloquy = Colloquy.fromEnvironment()) {
 *     Agent onboarding = colloquy.agent("onboarding");
 *     onboarding.saveMessage("alex", Role.USER, "Alex");
 *     ConversationView soFar = onboarding.getConversation("alex");
 * }
 * }</pre>
 *
 * <p>One of these is enough for a whole program and for any number of agents and threads. It brings no logging of its
 * own: it writes to SLF4J, never a message's content. Its metrics are in each registry behind Micrometer's global one until
 * it is closed; the global one's own filters and common tags do not apply to them, those of the registries behind it do.
 */
public final class Colloquy implements AutoCloseable {

    private final UseCases useCases;
    private final OpenStore store;
    private final AtomicBoolean closed = new AtomicBoolean();

    Colloquy(UseCases useCases, OpenStore store) {
        this.useCases = useCases;
        this.store = store;
    }

    /**
     * With the settings of the service, taken from this process's environment and the file it may name: without any, in
     * memory; with a {@code REDIS_URL}, in Redis. Redis need not be there yet. Nothing listens, so any {@code HOST} will do.
     *
     * @throws dev.colloquy.domain.error.InvalidSettings if a setting is wrong; it lists every mistake, but for those that
     *     only OpenTelemetry or the outbox's journal finds
     */
    public static Colloquy fromEnvironment() {
        return over(Settings.fromEnvironment());
    }

    /**
     * The same with the environment given, for tests and for programs with a configuration of their own. Only
     * OpenTelemetry also looks at this process's own {@code OTEL_*} variables for what is not given; where telemetry goes,
     * and with which headers, is not taken from there.
     *
     * @param environment names and values as in the environment
     * @throws dev.colloquy.domain.error.InvalidSettings if a setting is wrong; it lists every mistake, but for those that
     *     only OpenTelemetry or the outbox's journal finds
     */
    public static Colloquy fromEnvironment(Map<String, String> environment) {
        return over(Settings.from(environment));
    }

    /** For a store of one's own, an existing Redis client, or settings made in code. */
    public static ColloquyBuilder builder() {
        return new ColloquyBuilder();
    }

    /**
     * The conversations of an agent.
     *
     * @param name 1 to 64 ASCII letters, digits, dots, underscores and hyphens, the first one a letter or a digit
     * @throws dev.colloquy.domain.error.InvalidValue if the name is not allowed
     * @throws IllegalStateException if this is closed
     */
    public Agent agent(String name) {
        requireOpen();
        return new Agent(new AgentId(Objects.requireNonNull(name, "name")), this);
    }

    /**
     * Ends the use of the store. What waits in the outbox gets a few seconds to reach Redis. A store or Redis client that
     * was handed in stays open. It may be called again, which does nothing; other calls then throw {@link
     * IllegalStateException}. A thread that is interrupted already closes it as any other, and stays interrupted.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // For all that ends here, such as the Redis client: an interrupted thread waits for nothing.
        boolean interrupted = Thread.interrupted();
        try {
            store.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    UseCases useCases() {
        requireOpen();
        return useCases;
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("this Colloquy is closed");
        }
    }

    private static Colloquy over(Settings settings) {
        InstantSource clock = InstantSource.system();
        Telemetry telemetry = Telemetry.ofProgram(settings.telemetry());
        OpenStore store = Stores.open(settings, clock, telemetry).andThen(telemetry::close);
        return new Colloquy(
                UseCases.over(store.store(), settings.retention(), settings.limits(), new TimeOrderedIds(clock), clock),
                store);
    }
}
