package dev.colloquy.adapter.redis;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/**
 * Conversations in Redis: each is a list under the key {@code agent:user:conversation} with a time to live, one JSON
 * object per message. Other clients may read it, and push further messages at its end, but nowhere else, and no copies of
 * its elements, whose numbers would be there twice. An append is one script call and one round trip; it is atomic, and
 * repeating it is safe.
 *
 * <p>Redis need not be there when the store is made; until it is, calls throw {@link
 * dev.colloquy.domain.error.StoreUnavailable}. Failed attempts are repeated within a deadline, and a Redis that keeps
 * failing is not asked for a while ({@link RedisSettings.Patience}).
 *
 * <p>A call whose thread is interrupted ends with StoreUnavailable without another attempt, and its thread stays
 * interrupted; this is not counted against Redis. As after any StoreUnavailable, an append or a clear may have been
 * carried out, or may still be until the time of its attempt is over. An append that is repeated with the same ids, and
 * not as a first attempt, is stored once all the same.
 *
 * <p>Safe for any number of threads, platform or virtual: their concurrent calls share pipelines.
 */
public final class RedisConversationStore implements ConversationStore, AutoCloseable {

    private static final int MOST_CLEARING_STEPS = 10;

    private final String address;
    private final @Nullable RedissonClient owned;
    private final ExecutorService executor;
    private final ScriptRunner scripts;
    private final PlainRead plainRead;
    private final KnownEnds ends = new KnownEnds(KnownEnds.usualBytes(), System::nanoTime);
    private final NewRead newRead;
    private final Nodes nodes;
    private final Listing listing;
    private final Resilience resilience;
    private volatile boolean closed;
    private final Duration timeToAnswer;
    private final InstantSource clock;

    private RedisConversationStore(
            RedissonClient redisson,
            boolean own,
            String address,
            RedisSettings.Patience patience,
            RedisListener listener) {
        this.owned = own ? redisson : null;
        this.address = address;
        this.clock = InstantSource.system();
        this.executor = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("colloquy-redis-", 1).factory());
        this.nodes = new Nodes(redisson, own, executor);
        Function<String, Lane> lanes = Lanes.over(redisson, nodes, executor, patience.attempt(), listener);
        this.scripts = new ScriptRunner(lanes);
        this.plainRead = new PlainRead(lanes);
        this.newRead = new NewRead(scripts, ends, clock);
        this.timeToAnswer = patience.attempt();
        this.listing = new Listing(nodes);
        this.resilience = new Resilience(patience, listener);
    }

    /** Opens a store with a connection of its own, which {@link #close()} closes. Does not wait for Redis. */
    public static RedisConversationStore connect(RedisSettings settings) {
        return connect(settings, RedisListener.none());
    }

    /**
     * As {@link #connect(RedisSettings)}.
     *
     * @param listener hears of retries, of the circuit breaker and of pipelines
     */
    public static RedisConversationStore connect(RedisSettings settings, RedisListener listener) {
        RedissonClient redisson = RedissonClients.create(settings);
        RedisConversationStore store =
                new RedisConversationStore(redisson, true, settings.toString(), settings.patience(), listener);
        // So that the first call finds a connection; whether Redis is there does not matter yet.
        store.executor.execute(store::checkHealth);
        return store;
    }

    /**
     * Opens a store over a client that the caller made and will close. When a connection of such a client breaks within an
     * answer, Redisson's logger {@code org.redisson.client.handler.CommandDecoder} quotes messages: turn it off.
     */
    public static RedisConversationStore over(RedissonClient redisson) {
        return over(redisson, RedisSettings.Patience.DEFAULT, RedisListener.none());
    }

    /**
     * As {@link #over(RedissonClient)}.
     *
     * @param redisson a client as {@code Redisson.create} gives it; appends and reads do not use its own retries, nor its
     *     replicas, whatever its read mode
     * @param patience time limits, retries and breaker; the time to connect is the client's own
     * @param listener hears of retries, of the circuit breaker and of pipelines
     */
    public static RedisConversationStore over(
            RedissonClient redisson, RedisSettings.Patience patience, RedisListener listener) {
        return new RedisConversationStore(redisson, false, "the given client", patience, listener);
    }

    @Override
    public Receipt append(ConversationId id, Append append) {
        String key = ConversationKey.of(id);
        List<byte[]> messages = AppendScript.messages(append);
        Reply reply = call(attempt -> {
            boolean newIds = append.firstAttempt() && attempt.isFirst();
            return scripts.run(
                    Script.APPEND,
                    key,
                    AppendScript.header(append, newIds),
                    () -> AppendScript.header(append, false),
                    messages,
                    attempt.time());
        });
        return AppendScript.receipt(id, append, reply, clock.instant());
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        return call(attempt -> read(id, range, retention, attempt.time()));
    }

    /**
     * One attempt: only what is new, if the rest is known; else with plain commands, and with the script if they cannot
     * do it; all in the time of one.
     */
    private ConversationView read(ConversationId id, MessageRange range, Retention retention, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        String key = ConversationKey.of(id);
        OptionalInt count = PlainRead.countOf(range, retention);
        if (count.isPresent()) {
            Optional<ConversationView> view =
                    newRead.view(id, key, range, time).or(() -> readPlainly(id, key, count.getAsInt(), deadline));
            if (view.isPresent()) {
                return view.get();
            }
        }
        String header = ReadScript.header(range, retention);
        Reply reply = scripts.run(Script.READ, key, header, () -> header, List.of(), until(deadline));
        return ReadScript.view(id, reply, clock.instant());
    }

    private Optional<ConversationView> readPlainly(ConversationId id, String key, int count, long deadline) {
        return plainRead.ask(key, count, until(deadline)).flatMap(list -> {
            Optional<ConversationView> view = PlainRead.view(id, count, list, clock.instant());
            view.ifPresent(found -> newRead.learn(key, list, found));
            return view;
        });
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        String key = ConversationKey.of(id);
        ends.forget(key);
        AtomicReference<String> end = new AtomicReference<>("");
        return call(attempt -> clear(key, end, attempt.time()));
    }

    /**
     * One attempt: asks where the conversation ends and removes it up to there, both in the time of one.
     *
     * @param end where it ended when it was asked last, "" before that
     */
    private ClearReceipt clear(String key, AtomicReference<String> end, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        // More than two only if what was the end has left the list through the cap meanwhile.
        for (int steps = 0; steps < MOST_CLEARING_STEPS; steps++) {
            Reply reply = scripts.run(Script.CLEAR, key, end.get(), end::get, List.of(), until(deadline));
            if (!reply.kind().equals("ends")) {
                return ClearReceipt.CLEARED;
            }
            end.set(reply.number(0) + ":" + reply.text(1));
        }
        throw new StoreUnavailable("others append faster than the conversation can be cleared", null);
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        // Outside of the call: it is the caller's mistake, and says nothing about Redis.
        Optional<Listing.Place> from = page.from().map(Listing.Place::decode);
        return call(attempt -> listing.page(agent, page.limit(), from, attempt.time()));
    }

    @Override
    public StoreHealth checkHealth() {
        try {
            List<String> silent = nodes.ping(timeToAnswer);
            resilience.answered();
            return StoreHealth.live("Redis at " + address + " answers"
                    + (silent.isEmpty() ? "" : ", but not its masters " + String.join(", ", silent)));
        } catch (StoreUnavailable failure) {
            return StoreHealth.unavailable("Redis at " + address + ": " + failure.getMessage());
        } catch (ColloquyException failure) {
            return StoreHealth.refused("Redis at " + address + ": " + failure.getMessage());
        }
    }

    /**
     * Ends what the store started; the client only if it is the store's own. May be called twice. Later calls throw {@link
     * StoreUnavailable} at once.
     */
    @Override
    public void close() {
        closed = true;
        if (owned != null) {
            owned.shutdown();
        }
        executor.shutdown();
    }

    private <T> T call(Function<Resilience.Attempt, T> call) {
        if (closed) {
            throw new StoreUnavailable("the store is closed", null);
        }
        return resilience.call(attempt -> {
            nodes.beforeUse();
            try {
                return call.apply(attempt);
            } catch (RuntimeException failure) {
                throw RedisErrors.translate(failure, nodes.isCluster());
            }
        });
    }
}
