package dev.colloquy.adapter.redis;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.store.tck.ConversationStoreContract;
import dev.colloquy.store.tck.StoreHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;

/** Runs only where the environment names a database; the build file leaves it out elsewhere. */
@Tag("upstash")
@DisplayName("The contract on a real Upstash database")
class RealUpstashTest extends ConversationStoreContract {

    @Override
    protected StoreHarness createHarness() {
        String url = Objects.requireNonNull(System.getenv("UPSTASH_REDIS_URL"), "UPSTASH_REDIS_URL");
        return new Harness(RedisHarness.patient(RedisSettings.of(url)));
    }

    /** Touches only the keys of the kit's own agents, for the database may hold others. */
    private static final class Harness implements StoreHarness {

        private static final String OWN_KEYS = "tck*";

        private final RedisConversationStore store;
        private final RedisConversationStore other;
        private final RedissonClient redis;

        Harness(RedisSettings settings) {
            store = RedisConversationStore.connect(settings);
            other = RedisConversationStore.connect(settings);
            redis = RedissonClients.create(settings);
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

        @Override
        public void passTime(Duration duration) {
            for (String key : redis.getKeys().getKeys(KeysScanOptions.defaults().pattern(OWN_KEYS))) {
                var bucket = redis.getBucket(key, StringCodec.INSTANCE);
                long left = bucket.remainTimeToLive() - duration.toMillis();
                if (left <= 0) {
                    bucket.delete();
                } else {
                    bucket.expire(Duration.ofMillis(left));
                }
            }
        }

        @Override
        public Duration timeTolerance() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Optional<Outage> outage() {
            return Optional.empty();
        }

        @Override
        public Optional<Corruption> corruption() {
            return Optional.of(this::corrupt);
        }

        private void corrupt(ConversationId id) {
            redis.getList(ConversationKey.of(id), StringCodec.INSTANCE).fastSet(1, "{\"role\":\"user\",\"content\":");
        }

        @Override
        public void close() {
            redis.getKeys().deleteByPattern(OWN_KEYS);
            redis.shutdown();
            store.close();
            other.close();
        }
    }
}
