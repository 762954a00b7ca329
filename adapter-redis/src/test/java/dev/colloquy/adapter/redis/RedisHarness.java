package dev.colloquy.adapter.redis;

import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.store.tck.StoreHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/** Drives the contract kit over one or more servers: two stores, and the data seen and changed behind their backs. */
final class RedisHarness implements StoreHarness {

    private final List<RedisServer> servers;
    private final RedisConversationStore store;
    private final RedisConversationStore other;
    private final Optional<Outage> outage;
    private final Runnable atEnd;

    /**
     * @param servers the servers that hold data, replicas included
     * @param outage how to make the store unreachable, or empty to stop and resume the servers' processes
     * @param atEnd closes what was started for this harness
     */
    RedisHarness(List<RedisServer> servers, RedisSettings settings, Optional<Outage> outage, Runnable atEnd) {
        this.servers = servers;
        this.store = RedisConversationStore.connect(settings);
        this.other = RedisConversationStore.connect(settings);
        this.outage = outage;
        this.atEnd = atEnd;
    }

    /** Over a server of its own, behind a proxy that cuts the way to it when there shall be an outage. */
    static RedisHarness over(RedisServer server, IntFunction<RedisSettings> settingsForPort) {
        FaultyProxy proxy = FaultyProxy.before(server.port());
        RedisSettings settings = patient(settingsForPort.apply(proxy.port()));
        return new RedisHarness(List.of(server), settings, Optional.of(cut(proxy)), () -> {
            proxy.close();
            server.close();
        });
    }

    /** Time limits that a busy computer keeps. */
    static RedisSettings patient(RedisSettings settings) {
        return patient(settings, Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    static RedisSettings patient(RedisSettings settings, Duration attempt, Duration deadline) {
        RedisSettings.Patience usual = RedisSettings.Patience.DEFAULT;
        return settings.withPatience(new RedisSettings.Patience(
                attempt, attempt, deadline, usual.retries(), usual.backoff(), 200, usual.breakerPause()));
    }

    @Override
    public ConversationStore store() {
        return store;
    }

    @Override
    public ConversationStore anotherClient() {
        return other;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** Shortens the life of every key. */
    @Override
    public void passTime(Duration duration) {
        eachKey((redis, key) -> {
            long left = redis.number("PTTL", key) - duration.toMillis();
            redis.call("PEXPIRE", key, Long.toString(Math.max(0, left)));
        });
    }

    @Override
    public Duration timeTolerance() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Optional<Outage> outage() {
        return Optional.of(outage.orElse(new Outage() {
            @Override
            public void begin() {
                servers.forEach(RedisServer::pause);
            }

            @Override
            public void end() {
                servers.forEach(RedisServer::resume);
            }
        }));
    }

    @Override
    public Optional<Corruption> corruption() {
        return Optional.of(this::corrupt);
    }

    private void corrupt(ConversationId id) {
        String damaged = ConversationKey.of(id);
        eachKey((redis, key) -> {
            if (key.equals(damaged)) {
                redis.call("LSET", key, "1", "{\"role\":\"user\",\"content\":");
            }
        });
    }

    @Override
    public OptionalLong conversationsWithoutExpiry() {
        long[] without = {0};
        eachKey((redis, key) -> {
            if (redis.number("PTTL", key) == -1) {
                without[0]++;
            }
        });
        return OptionalLong.of(without[0]);
    }

    @Override
    public void close() {
        store.close();
        other.close();
        atEnd.run();
    }

    private interface Visit {
        void key(RawRedis redis, String key);
    }

    private void eachKey(Visit visit) {
        for (RedisServer server : servers) {
            try (RawRedis redis = server.connect()) {
                if (redis.text("INFO", "replication").contains("role:master")) {
                    redis.list("KEYS", "*").forEach(key -> visit.key(redis, key));
                }
            }
        }
    }

    /** An outage behind which the server is well: the way to it is cut. */
    static Outage cut(FaultyProxy proxy) {
        return new Outage() {
            @Override
            public void begin() {
                proxy.refuse();
                proxy.reset();
            }

            @Override
            public void end() {
                proxy.heal();
            }
        };
    }
}
