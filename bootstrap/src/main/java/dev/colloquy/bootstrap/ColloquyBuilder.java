package dev.colloquy.bootstrap;

import dev.colloquy.application.conversation.MessageIdSource;
import dev.colloquy.application.conversation.MessageLimits;
import dev.colloquy.application.conversation.UseCases;
import dev.colloquy.bootstrap.settings.RetentionSettings;
import dev.colloquy.bootstrap.telemetry.Telemetry;
import dev.colloquy.bootstrap.telemetry.TelemetrySettings;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * Puts a {@link Colloquy} together in code; nothing is taken from the environment. Without a store it keeps
 * conversations in memory. Not safe for use by several threads.
 */
public final class ColloquyBuilder {

    private final Map<AgentId, Retention> agents = new HashMap<>();
    private Retention general = Retention.DEFAULT;
    private MessageLimits limits = MessageLimits.DEFAULT;
    private InstantSource clock = InstantSource.system();
    private @Nullable MessageIdSource ids;
    private @Nullable ConversationStore ownStore;
    private @Nullable RedissonClient ownClient;

    ColloquyBuilder() {}

    /**
     * Keeps conversations in this store, which is timed and otherwise used as it is. It must fulfil the contract of {@link ConversationStore}, which
     * the artifact {@code colloquy-store-tck} tests. It stays yours: closing the {@link Colloquy} does not close it.
     */
    public ColloquyBuilder store(ConversationStore store) {
        ownStore = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Keeps conversations in Redis through this client, going on while Redis is unavailable. The client stays yours:
     * closing the {@link Colloquy} does not shut it down. A store that was handed in comes first. Turn off the logger {@code
     * org.redisson.client.handler.CommandDecoder}: such a client quotes messages in it when a connection breaks within an
     * answer, which one that Colloquy makes never does.
     */
    public ColloquyBuilder redisson(RedissonClient client) {
        ownClient = Objects.requireNonNull(client, "client");
        return this;
    }

    /** How long conversations are kept: seven days since the last message, if this is not called. */
    public ColloquyBuilder retention(Retention retention) {
        general = Objects.requireNonNull(retention, "retention");
        return this;
    }

    /**
     * How long this agent's conversations are kept, in place of the general retention.
     *
     * @throws dev.colloquy.domain.error.InvalidValue if the agent's name is not allowed
     */
    public ColloquyBuilder retention(String agent, Retention retention) {
        agents.put(new AgentId(agent), Objects.requireNonNull(retention, "retention"));
        return this;
    }

    /**
     * The most UTF-8 bytes of a message, content and metadata together, from 1; 262,144 if this is not called.
     *
     * @throws dev.colloquy.domain.error.InvalidValue if it is below 1
     */
    public ColloquyBuilder maxMessageBytes(int bytes) {
        limits = new MessageLimits(bytes);
        return this;
    }

    /** What gives messages their time and lets those in memory expire: the system's clock, if this is not called. */
    public ColloquyBuilder clock(InstantSource source) {
        clock = Objects.requireNonNull(source, "source");
        return this;
    }

    /** What gives ids to messages that come without one. */
    public ColloquyBuilder ids(MessageIdSource source) {
        ids = Objects.requireNonNull(source, "source");
        return this;
    }

    /** A new {@link Colloquy}, which the caller closes. */
    public Colloquy build() {
        OpenStore store = openStore();
        MessageIdSource idSource = ids == null ? new TimeOrderedIds(clock) : ids;
        return new Colloquy(
                UseCases.over(store.store(), new RetentionSettings(general, agents), limits, idSource, clock), store);
    }

    private OpenStore openStore() {
        Telemetry telemetry = Telemetry.ofProgram(TelemetrySettings.LOCAL);
        return Stores.orClosed(telemetry, () -> openStore(telemetry)).andThen(telemetry::close);
    }

    private OpenStore openStore(Telemetry telemetry) {
        if (ownStore != null) {
            return Stores.own(ownStore, telemetry);
        }
        return ownClient == null ? Stores.memory(clock, telemetry) : RedisStores.over(ownClient, clock, telemetry);
    }
}
