package dev.colloquy.adapter.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations in the memory of this process: one immutable {@link Conversation} for each id, replaced in one step
 * under the entry's lock. Everything is gone when the process ends.
 *
 * <p>Bounded: when the conversations take more than the maximum, whole ones are removed, those least likely to be used
 * again first, and the listener is told. What has expired is removed within a minute or two, also while nobody calls
 * the store. A reader never waits for a writer. Safe for any number of threads.
 */
public final class MemoryConversationStore implements ConversationStore {

    /** The maximum unless told otherwise: 256 MiB. */
    public static final long DEFAULT_MAX_BYTES = 256L << 20;

    private final InstantSource clock;
    final Cache<ConversationId, Conversation> cache;

    /**
     * A store of its own.
     *
     * @param clock tells the time for receipts, and when a conversation has expired
     * @param nanoTime tells how much time has passed, for freeing the memory of what has expired; such as {@code
     *     System::nanoTime}
     * @param maxBytes about how many bytes of heap all conversations may take together, from 0
     * @param listener is told of each removal
     * @throws InvalidValue if the maximum is below 0
     */
    public MemoryConversationStore(
            InstantSource clock, LongSupplier nanoTime, long maxBytes, EvictionListener listener) {
        this(clock, nanoTime, maxBytes, listener, Scheduler.systemScheduler());
    }

    /** @param scheduler wakes the store each minute, even if nobody calls it */
    MemoryConversationStore(
            InstantSource clock, LongSupplier nanoTime, long maxBytes, EvictionListener listener, Scheduler scheduler) {
        if (maxBytes < 0) {
            throw new InvalidValue("maxBytes", Long.toString(maxBytes), "0 and above");
        }
        this.clock = clock;
        this.cache = Caffeine.newBuilder()
                // On the caller's thread: waking another one for this housekeeping takes far longer than doing it.
                .executor(Runnable::run)
                .ticker(nanoTime::getAsLong)
                .expireAfter(new RetentionExpiry(clock))
                .maximumWeight(maxBytes)
                .weigher((ConversationId id, Conversation conversation) -> Footprint.of(conversation))
                .evictionListener(
                        (@Nullable ConversationId id, @Nullable Conversation conversation, RemovalCause cause) ->
                                listener.onEviction(reasonFor(cause)))
                .build();
        cleanUpEachMinute(new WeakReference<>(cache), scheduler);
    }

    /**
     * Frees what has expired in a store that nobody calls, without keeping the store itself. Caffeine would look for the
     * next expiry at each write, which made an append take a third longer.
     */
    private static void cleanUpEachMinute(
            WeakReference<Cache<ConversationId, Conversation>> kept, Scheduler scheduler) {
        Runnable cleanUp = () -> {
            Cache<ConversationId, Conversation> cache = kept.get();
            if (cache != null) {
                // Before anything that may fail, as for lack of memory.
                cleanUpEachMinute(kept, scheduler);
                cache.cleanUp();
            }
        };
        Future<?> unused = scheduler.schedule(ForkJoinPool.commonPool(), cleanUp, 1, TimeUnit.MINUTES);
    }

    /** A store on the system's clock with the default maximum, of whose removals nobody is told. */
    public static MemoryConversationStore create() {
        return new MemoryConversationStore(InstantSource.system(), System::nanoTime, DEFAULT_MAX_BYTES, reason -> {});
    }

    private static EvictionListener.Reason reasonFor(RemovalCause cause) {
        return cause == RemovalCause.SIZE ? EvictionListener.Reason.SIZE : EvictionListener.Reason.EXPIRED;
    }

    @Override
    public Receipt append(ConversationId id, Append append) {
        // Filled in under the entry's lock, where the time is taken, too: it never runs against the sequence numbers.
        Receipt[] receipt = new Receipt[1];
        cache.asMap().compute(id, (key, stored) -> {
            Instant now = clock.instant();
            Conversation before = stored == null ? Conversation.empty(key) : stored.at(now);
            Conversation.Appended appended = before.append(append, now);
            receipt[0] = appended.receipt();
            return appended.conversation();
        });
        return receipt[0];
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        Conversation stored =
                retention.from() == Retention.From.LAST_ACCESS ? touch(id, retention) : cache.getIfPresent(id);
        return stored == null
                ? ConversationView.empty(id)
                : stored.at(clock.instant()).view(range);
    }

    private @Nullable Conversation touch(ConversationId id, Retention retention) {
        return cache.asMap().computeIfPresent(id, (key, stored) -> {
            Instant now = clock.instant();
            Conversation found = stored.at(now);
            return found.length() == 0 ? null : found.read(retention, now);
        });
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        cache.invalidate(id);
        return ClearReceipt.CLEARED;
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest request) {
        Instant now = clock.instant();
        UserPage page = new UserPage(agent, request);
        cache.asMap().forEach((id, conversation) -> {
            if (id.agent().equals(agent) && conversation.at(now).length() > 0) {
                page.offer(id.user().value());
            }
        });
        return page.page();
    }

    @Override
    public StoreHealth checkHealth() {
        return StoreHealth.live("in memory, conversations: about " + cache.estimatedSize());
    }
}
