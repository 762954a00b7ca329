package dev.colloquy.adapter.redis;

import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveConnectionManager;
import org.redisson.connection.SentinelConnectionManager;

/**
 * The master that sentinels named before anybody has connected to it. Redisson asks them once, and tries what they said
 * again and again until it has connected for the first time. If that server is dead and they had not replaced it yet, it
 * never hears of the new one. So what they said is to be forgotten after an attempt that failed.
 *
 * <p>Safe for any number of threads.
 */
final class UnconfirmedMaster {

    /** What the sentinels said last; null where there are none. */
    private final @Nullable AtomicReference<@Nullable Object> master;
    /** Redisson's first connection: how the last attempt went, null before any. */
    private final @Nullable AtomicReference<@Nullable Object> attempt;

    private volatile boolean confirmed;

    private UnconfirmedMaster(
            @Nullable AtomicReference<@Nullable Object> master, @Nullable AtomicReference<@Nullable Object> attempt) {
        this.master = master;
        this.attempt = attempt;
        this.confirmed = master == null || attempt == null;
    }

    /** Of a client that connects at its first use. Without sentinels there is nothing to forget. */
    static UnconfirmedMaster of(ConnectionManager client) {
        if (!(client instanceof SentinelConnectionManager)) {
            return none();
        }
        // Redisson has no other way. Another version of it without these fields is used as it is.
        return new UnconfirmedMaster(
                field(SentinelConnectionManager.class, "currentMaster", client),
                field(MasterSlaveConnectionManager.class, "lazyConnectLatch", client));
    }

    static UnconfirmedMaster none() {
        return new UnconfirmedMaster(null, null);
    }

    @SuppressWarnings("unchecked") // What may be in it, whoever asks for it knows.
    private static @Nullable AtomicReference<@Nullable Object> field(
            Class<?> owner, String name, ConnectionManager client) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(client) instanceof AtomicReference<?> value
                    ? (AtomicReference<@Nullable Object>) value
                    : null;
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return null;
        }
    }

    /**
     * Lets the next attempt ask the sentinels, if the last one has failed. To be called before each use of the client. If
     * another thread is just connecting, that attempt may fail, or Redisson connects once more a second later.
     */
    void forgetIfFailed() {
        if (confirmed || master == null || attempt == null) {
            return;
        }
        if (!(attempt.get() instanceof CompletableFuture<?> last) || !last.isDone()) {
            return;
        }
        if (last.isCompletedExceptionally()) {
            master.set(null);
        } else {
            confirmed = true;
        }
    }
}
