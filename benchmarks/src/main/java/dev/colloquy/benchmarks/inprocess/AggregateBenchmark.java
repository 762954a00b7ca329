package dev.colloquy.benchmarks.inprocess;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The aggregate alone: an append must not cost more in a long conversation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 40, batchSize = Batch.SIZE)
@Measurement(iterations = 40, batchSize = Batch.SIZE)
@Fork(1)
public class AggregateBenchmark {

    /** How long the conversation is before. */
    @Param({"20", "100000"})
    public int length;

    private Append[] appends = {};
    private Conversation conversation = Conversation.empty(Batch.ID);
    private int next;

    /** A conversation of that length, and appends that are new to it. */
    @Setup(org.openjdk.jmh.annotations.Level.Iteration)
    public void prepare() {
        conversation = Conversation.empty(ConversationId.of("bench", "user"));
        for (Append append : Batch.appends("before", length)) {
            conversation = conversation.append(append, Instant.EPOCH).conversation();
        }
        appends = Batch.appends("more", Batch.SIZE);
        next = 0;
    }

    /** One message appended. */
    @Benchmark
    public Object append() {
        conversation = conversation.append(appends[next++], Instant.EPOCH).conversation();
        return conversation;
    }
}
