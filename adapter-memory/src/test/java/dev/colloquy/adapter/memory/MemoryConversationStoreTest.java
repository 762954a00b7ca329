package dev.colloquy.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.retention.Retention;
import dev.colloquy.store.tck.ManualClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The store in memory")
class MemoryConversationStoreTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Retention KEPT_AN_HOUR = Retention.sinceLastMessage(HOUR);
    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");

    private final ManualClock clock = new ManualClock();
    private final ManualClock ticker = new ManualClock();
    private final Queue<EvictionListener.Reason> evictions = new ConcurrentLinkedQueue<>();

    private MemoryConversationStore store(long maxBytes) {
        return new MemoryConversationStore(clock, ticker::nanoTime, maxBytes, evictions::add);
    }

    private Message message(String id, String content) {
        return new Message(new MessageId(id), Role.USER, content, clock.instant());
    }

    private Append append(String id, String content) {
        return Append.of(KEPT_AN_HOUR, message(id, content));
    }

    private static ConversationView read(MemoryConversationStore store, ConversationId id) {
        return store.read(id, MessageRange.all(), KEPT_AN_HOUR);
    }

    @Test
    @DisplayName("refuses a maximum below 0")
    void negativeMaximum() {
        assertThatThrownBy(() -> store(-1))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("maxBytes was \"-1\"; allowed: 0 and above");
    }

    @Test
    @DisplayName("loses nothing when 64 threads append to one conversation")
    void atomic() throws Exception {
        int threads = 64;
        int each = 200;
        MemoryConversationStore store = store(MemoryConversationStore.DEFAULT_MAX_BYTES);
        CountDownLatch start = new CountDownLatch(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<Boolean>> tasks = IntStream.range(0, threads)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        start.countDown();
                        start.await();
                        for (int i = 0; i < each; i++) {
                            store.append(ALEX, append(thread + "." + i, "text"));
                        }
                        return true;
                    })
                    .toList();
            for (var done : executor.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }

        List<Long> sequences = read(store, ALEX).messages().stream()
                .map(message -> message.sequence())
                .toList();
        assertThat(sequences)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, threads * each)
                        .mapToLong(i -> i)
                        .boxed()
                        .toList());
    }

    @Test
    @Timeout(60)
    @DisplayName("lets a reader see what there is while a writer is at work")
    void readerDoesNotWait() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        Thread reader = Thread.currentThread();
        AtomicBoolean busy = new AtomicBoolean();
        InstantSource heldUp = () -> {
            if (busy.get() && Thread.currentThread() != reader) {
                writing.countDown();
                awaitHere(read);
            }
            return clock.instant();
        };
        MemoryConversationStore store = new MemoryConversationStore(
                heldUp, ticker::nanoTime, MemoryConversationStore.DEFAULT_MAX_BYTES, evictions::add);
        store.append(ALEX, append("a", "text"));
        busy.set(true);
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            writer.execute(() -> store.append(ALEX, append("b", "text")));
            writing.await();
            assertThat(read(store, ALEX).length()).isEqualTo(1);
            read.countDown();
        }
        assertThat(read(store, ALEX).length()).isEqualTo(2);
    }

    private static void awaitHere(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    @DisplayName("when it lists")
    class Listing {

        private final MemoryConversationStore store = store(MemoryConversationStore.DEFAULT_MAX_BYTES);

        @Test
        @DisplayName("names no next page if there is none")
        void lastPage() {
            store.append(ALEX, append("a", "text"));
            store.append(ConversationId.of("onboarding", "bo"), append("a", "text"));

            assertThat(store.list(ALEX.agent(), PageRequest.first(2)).nextCursor())
                    .isEmpty();
            assertThat(store.list(ALEX.agent(), PageRequest.first(1)).nextCursor())
                    .isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "YWxleA==", "_w"})
        @DisplayName("refuses a cursor that it did not give, also if one could make something of it")
        void cursors(String cursor) {
            PageRequest request = PageRequest.first(1).after(cursor);

            assertThatThrownBy(() -> store.list(ALEX.agent(), request)).isInstanceOf(InvalidValue.class);
        }
    }

    @Nested
    @DisplayName("when full")
    class Full {

        @Test
        @DisplayName("removes whole conversations, stays within its bytes, and tells the listener")
        void evicts() {
            int maxBytes = 1_000_000;
            int conversations = 300;
            MemoryConversationStore store = store(maxBytes);
            for (int i = 0; i < conversations; i++) {
                ConversationId id = ConversationId.of("onboarding", "user-" + i);
                String content = "x".repeat(5_000);
                store.append(id, Append.of(KEPT_AN_HOUR, message("a", content), message("b", content)));
            }
            store.cache.cleanUp();

            List<Long> lengths = IntStream.range(0, conversations)
                    .mapToObj(i -> read(store, ConversationId.of("onboarding", "user-" + i))
                            .length())
                    .filter(length -> length > 0)
                    .toList();
            assertThat(lengths)
                    .hasSizeBetween(maxBytes / 20_000, maxBytes / 10_000)
                    .containsOnly(2L);
            assertThat(evictions).hasSize(conversations - lengths.size()).containsOnly(EvictionListener.Reason.SIZE);
        }

        @Test
        @DisplayName("counts the small conversations, too")
        void smallOnes() {
            MemoryConversationStore store = store(100_000);
            for (int i = 0; i < 1_000; i++) {
                store.append(ConversationId.of("onboarding", "user-" + i), append("a", ""));
            }
            store.cache.cleanUp();

            assertThat(store.cache.estimatedSize()).isLessThanOrEqualTo(100_000 / Footprint.PER_CONVERSATION);
        }
    }

    @Nested
    @DisplayName("when a conversation has expired")
    class Expired {

        private final AlarmClock alarmClock = new AlarmClock(ticker);
        private final MemoryConversationStore store = new MemoryConversationStore(
                clock, ticker::nanoTime, MemoryConversationStore.DEFAULT_MAX_BYTES, evictions::add, alarmClock);

        @Test
        @DisplayName("frees its memory and tells the listener, although nobody calls the store")
        void freed() {
            store.append(ALEX, append("a", "text"));
            alarmClock.pass(HOUR.minusNanos(1));
            assertThat(store.cache.estimatedSize()).isEqualTo(1);

            alarmClock.pass(Duration.ofMinutes(2));

            assertThat(store.cache.estimatedSize()).isZero();
            assertThat(evictions).containsExactly(EvictionListener.Reason.EXPIRED);
        }

        @Test
        @DisplayName("frees its memory although there once was none to look for it")
        void freedAfterAnError() {
            AtomicBoolean isMemoryShort = new AtomicBoolean();
            LongSupplier nanoTime = () -> {
                if (isMemoryShort.getAndSet(false)) {
                    throw new OutOfMemoryError("of the test");
                }
                return ticker.nanoTime();
            };
            MemoryConversationStore watched = new MemoryConversationStore(
                    clock, nanoTime, MemoryConversationStore.DEFAULT_MAX_BYTES, evictions::add, alarmClock);
            watched.append(ALEX, append("a", "text"));
            isMemoryShort.set(true);
            Duration minute = Duration.ofMinutes(1);
            assertThatThrownBy(() -> alarmClock.pass(minute)).isInstanceOf(OutOfMemoryError.class);

            alarmClock.pass(HOUR.plus(minute));

            assertThat(watched.cache.estimatedSize()).isZero();
        }

        @Test
        @DisplayName("does not show it even where the memory is not free yet")
        void invisible() {
            store.append(ALEX, append("a", "text"));
            clock.advance(HOUR);

            assertThat(read(store, ALEX)).isEqualTo(ConversationView.empty(ALEX));
            assertThat(store.list(ALEX.agent(), PageRequest.first(10)).conversations())
                    .isEmpty();
        }

        @Test
        @DisplayName("does not bring it back by a read that starts its period anew, though the memory is not free yet")
        void notReadBack() {
            Retention access = Retention.sinceLastAccess(HOUR);
            store.append(ALEX, Append.of(access, message("a", "text")));
            clock.advance(HOUR);

            assertThat(store.read(ALEX, MessageRange.all(), access)).isEqualTo(ConversationView.empty(ALEX));
            assertThat(read(store, ALEX)).isEqualTo(ConversationView.empty(ALEX));
        }

        @Test
        @DisplayName("begins it anew with an append, though the memory is not free yet")
        void beginsAnew() {
            store.append(ALEX, append("a", "text"));
            clock.advance(HOUR);

            store.append(ALEX, append("b", "text"));

            assertThat(read(store, ALEX).messages())
                    .singleElement()
                    .returns(1L, SequencedMessage::sequence)
                    .returns("text", SequencedMessage::content);
        }
    }

    @Test
    @DisplayName("tells the listener nothing of what is replaced, read or cleared by its users")
    void quietListener() {
        MemoryConversationStore store = store(MemoryConversationStore.DEFAULT_MAX_BYTES);
        store.append(ALEX, append("a", "text"));
        store.append(ALEX, append("b", "text"));
        store.read(ALEX, MessageRange.all(), Retention.sinceLastAccess(HOUR));
        store.clear(ALEX);

        assertThat(evictions).isEmpty();
    }
}
