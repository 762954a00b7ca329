package dev.colloquy.benchmarks.inprocess;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The in-memory store beside a Caffeine cache whose values are immutable lists, copied at each append. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 60, batchSize = Batch.SIZE)
@Measurement(iterations = 60, batchSize = Batch.SIZE)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class MemoryStoreBenchmark {

    private static final long ROOM = 1L << 30;

    /** How long the conversations are before. */
    @Param({"20", "100000"})
    public int length;

    private ConversationId[] ids = {};
    private Append[] appends = {};
    private int next;

    private MemoryConversationStore store = MemoryConversationStore.create();
    private Cache<ConversationId, List<Message>> bare = Caffeine.newBuilder().build();

    /** Conversations of that length, and appends that are new to them; about 100,000 messages in all. */
    @Setup(Level.Iteration)
    public void prepare() {
        int conversations = Math.clamp(100_000 / length, 1, 1000);
        store = new MemoryConversationStore(InstantSource.system(), System::nanoTime, ROOM, reason -> {});
        bare = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofDays(7))
                .maximumWeight(ROOM)
                .weigher((ConversationId id, List<Message> messages) -> messages.size())
                .build();
        ids = new ConversationId[conversations];
        Append[] before = Batch.appends("before", length);
        for (int i = 0; i < conversations; i++) {
            ids[i] = ConversationId.of("bench", "user-" + i);
            for (Append append : before) {
                store.append(ids[i], append);
            }
            List<Message> messages = new ArrayList<>();
            for (Append append : before) {
                messages.addAll(append.messages());
            }
            bare.put(ids[i], List.copyOf(messages));
        }
        appends = Batch.appends("more", Batch.SIZE);
        next = 0;
    }

    /** One message appended to the store. */
    @Benchmark
    public Object append() {
        int turn = next++;
        return store.append(ids[turn % ids.length], appends[turn]);
    }

    /** One message appended to the list. */
    @Benchmark
    public Object bareCaffeine() {
        int turn = next++;
        return bare.asMap().compute(ids[turn % ids.length], (id, messages) -> with(messages, appends[turn]));
    }

    private static List<Message> with(List<Message> messages, Append append) {
        List<Message> more = new ArrayList<>(messages.size() + 1);
        more.addAll(messages);
        more.addAll(append.messages());
        return List.copyOf(more);
    }
}
