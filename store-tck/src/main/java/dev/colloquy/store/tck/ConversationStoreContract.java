package dev.colloquy.store.tck;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract of {@link dev.colloquy.domain.port.out.ConversationStore} as tests, S1 to S13. A store's test extends it:
 *
 * <pre>{@code
 * class MyStoreTest extends ConversationStoreContract {
 *     @Override
 *     protected StoreHarness createHarness() {
 *         return new InProcessHarness<>(MyStore::new); // hands the store a clock that the kit moves
 *     }
 * }
 * }</pre>
 *
 * <p>A store on a server needs a {@link StoreHarness} of its own, which says how time passes there, how the connection is
 * cut and how data is damaged.
 *
 * <p>Add {@code dev.colloquy:colloquy-store-tck} and a JUnit 5 or 6 engine in test scope, and import {@code
 * org.junit:junit-bom} of the engine's version, as the kit brings parts of JUnit, too, and all of them must be of one
 * version (5.11.4, 5.13.4 and 6.0.1 have been tried). Nothing else is needed. Each
 * clause is a nested group whose tests' names begin with the clause ({@code S5 …}), so a red test names the clause that
 * the store breaks. Nothing is ever skipped: what a store declares to be impossible (an outage, damaged data) is
 * published as a report entry, and the store is held to what follows from the declaration.
 *
 * <p>The last group, {@code Model: …}, compares the store with the aggregate {@link
 * dev.colloquy.domain.conversation.Conversation} over random operations. Its seeds are new in every run; each is in the
 * test's name, in a report entry and in every failure, and the system property {@code colloquy.tck.seed} runs that one
 * again.
 *
 * <p>The tests run one after the other (many start threads of their own), over one harness for the class. They need not
 * start with an empty store. Each runs in a thread of its own and fails after five minutes, so a store that blocks for ever
 * makes a red test and not a build that hangs; some make thousands of calls, so a call should take well below 100 ms. But
 * for the {@linkplain StoreHarness#outage() outages} that the kit begins every call must be answered: the kit repeats
 * none, and takes a {@link dev.colloquy.domain.error.StoreUnavailable} for a defect.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class ConversationStoreContract {

    private @Nullable StoreHarness harness;

    /** For subclasses. */
    protected ConversationStoreContract() {}

    /**
     * Starts the store. Called once, before the first test; the kit closes what it returns after the last.
     *
     * @throws Exception if the store cannot be started, which fails the whole class
     */
    protected abstract StoreHarness createHarness() throws Exception;

    @BeforeAll
    final void openHarness() throws Exception {
        harness = createHarness();
    }

    @AfterAll
    final void closeHarness() {
        if (harness != null) {
            harness.close();
        }
    }

    private StoreHarness harness() {
        return Objects.requireNonNull(harness, "the harness is there from @BeforeAll on");
    }

    @Nested
    @DisplayName("S1 Isolation")
    final class Isolation extends IsolationClause {
        Isolation() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S2 Atomic append")
    final class AtomicAppend extends AtomicAppendClause {
        AtomicAppend() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S3 Sequence")
    final class Sequence extends SequenceClause {
        Sequence() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S4 Concurrency")
    final class Concurrency extends ConcurrencyClause {
        Concurrency() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S5 Idempotence")
    final class Idempotence extends IdempotenceClause {
        Idempotence() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S5 Conflicts")
    final class Conflicts extends ConflictClause {
        Conflicts() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S6 Conditional append")
    final class ConditionalAppend extends ConditionalAppendClause {
        ConditionalAppend() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S7 Reads")
    final class Reads extends ReadsClause {
        Reads() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S8 No aliasing")
    final class NoAliasing extends NoAliasingClause {
        NoAliasing() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S9 Clear")
    final class Clear extends ClearClause {
        Clear() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S10 Retention")
    final class RetentionPeriods extends RetentionClause {
        RetentionPeriods() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S11 Fidelity")
    final class Fidelity extends FidelityClause {
        Fidelity() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S12 Honest failure")
    final class HonestFailure extends HonestFailureClause {
        HonestFailure() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("S13 Listing")
    final class Listing extends ListingClause {
        Listing() {
            super(ConversationStoreContract.this::harness);
        }
    }

    @Nested
    @DisplayName("Model: the store answers as the aggregate does")
    final class Model extends ModelClause {
        Model() {
            super(ConversationStoreContract.this::harness);
        }
    }
}
