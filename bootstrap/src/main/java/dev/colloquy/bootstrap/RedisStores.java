package dev.colloquy.bootstrap;

import dev.colloquy.adapter.redis.RedisConversationStore;
import dev.colloquy.adapter.redis.RedisSettings;
import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxJournal;
import dev.colloquy.application.outbox.OutboxSettings;
import dev.colloquy.bootstrap.journal.MvStoreOutboxJournal;
import dev.colloquy.bootstrap.settings.OutboxPart;
import dev.colloquy.bootstrap.settings.Settings;
import dev.colloquy.bootstrap.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import org.redisson.api.RedissonClient;

/** Redis with an outbox around it. Apart from {@link Stores}, so that Redisson is only loaded where it is used. */
final class RedisStores {

    // With what the HTTP server and telemetry may take, within the time that Main gives a stop.
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private RedisStores() {}

    /**
     * Opens the store. Redis need not be there yet.
     *
     * @throws dev.colloquy.domain.error.InvalidSettings if the outbox cannot be kept in its directory
     */
    static OpenStore open(Settings settings, RedisSettings redis, InstantSource clock, Telemetry telemetry) {
        OutboxPart limits = settings.outbox();
        // Before Redis: a directory that cannot be used is a mistake in the settings.
        OutboxJournal journal = limits.directory()
                .<OutboxJournal>map(MvStoreOutboxJournal::open)
                .orElseGet(OutboxJournal::none);
        RedisMeters meters = new RedisMeters(telemetry.meters());
        RedisConversationStore store = RedisConversationStore.connect(redis, meters);
        OutboxSettings holding = usualOutbox().holding(limits.maxMessages(), limits.maxBytes());
        OutboxConversationStore outbox =
                OutboxConversationStore.over(telemetry.observe(store, "redis"), journal, holding, clock);
        meters.watch(outbox.statistics());
        return new OpenStore(outbox, "Redis at " + redis, () -> close(outbox, store));
    }

    /** An existing client, which stays open. */
    static OpenStore over(RedissonClient redisson, InstantSource clock, Telemetry telemetry) {
        RedisMeters meters = new RedisMeters(telemetry.meters());
        RedisConversationStore store = RedisConversationStore.over(redisson, RedisSettings.Patience.DEFAULT, meters);
        OutboxConversationStore outbox = OutboxConversationStore.over(
                telemetry.observe(store, "redis"), OutboxJournal.none(), usualOutbox(), clock);
        meters.watch(outbox.statistics());
        return new OpenStore(outbox, "Redis through an existing client", () -> close(outbox, store));
    }

    private static OutboxSettings usualOutbox() {
        return OutboxSettings.forHeap(Runtime.getRuntime().maxMemory());
    }

    private static void close(OutboxConversationStore outbox, RedisConversationStore store) {
        try (store) {
            outbox.close(DRAIN);
        }
    }
}
