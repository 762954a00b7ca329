package dev.colloquy.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * The kit's own test: the whole kit runs over stores that are each broken in one way, and the tests that fail must be
 * tests of that clause alone. The model group covers all clauses, so it does not count there; but where it can see the
 * defect it must fail, too.
 */
@DisplayName("The kit finds out which clause a store breaks")
class BrokenStoresTest {

    /** What the contract's run below is about. The kit runs in the thread that starts it. */
    private static final ThreadLocal<Function<ManualClock, ReferenceStore>> STORE = new ThreadLocal<>();

    /** Over the store of this thread. Nested, so that only the tests below run it. */
    static final class Contract extends ConversationStoreContract {
        @Override
        protected StoreHarness createHarness() {
            return new ReferenceHarness(STORE.get());
        }
    }

    private static List<String> failuresOver(Function<ManualClock, ReferenceStore> store) {
        STORE.set(store);
        try {
            EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(Contract.class))
                    .execute();
            assertThat(results.containerEvents().failed().count())
                    .as("groups that failed")
                    .isZero();
            assertThat(results.testEvents().started().count())
                    .as("tests that ran")
                    .isPositive();
            return results.testEvents().failed().stream()
                    .map(BrokenStoresTest::nameOf)
                    .toList();
        } finally {
            STORE.remove();
        }
    }

    private static String nameOf(Event event) {
        return event.getTestDescriptor().getDisplayName();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.colloquy.store.tck.BrokenStore#all")
    @DisplayName("Only tests of the broken clause fail, and at least one does")
    void onlyTheBrokenClause(BrokenStore broken) {
        List<String> failures = failuresOver(broken.store());

        assertThat(failures.stream().filter(name -> !isOfModel(name)))
                .as("tests that fail over a store that %s", broken.defect())
                .isNotEmpty()
                .allMatch(name -> name.startsWith(broken.clause() + " "), "is a test of " + broken.clause());
        if (broken.shownByModel()) {
            assertThat(failures.stream().filter(BrokenStoresTest::isOfModel))
                    .as("seeds that find out that a store %s", broken.defect())
                    .isNotEmpty();
        }
    }

    private static boolean isOfModel(String test) {
        return test.startsWith("Model: ");
    }

    @Test
    @DisplayName("Every clause has a broken store but S8, which the types keep (see the next test)")
    void everyClause() {
        Set<String> clauses =
                BrokenStore.all().stream().map(BrokenStore::clause).collect(Collectors.toSet());

        assertThat(clauses)
                .containsExactlyInAnyOrder("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S9", "S10", "S11", "S12", "S13");
    }

    @Test
    @DisplayName("No call comes from the thread that runs the tests, so that a store can hold none up for ever")
    void threads() {
        Set<Thread> callers = ConcurrentHashMap.newKeySet();

        failuresOver(clock -> new ReferenceStore(clock) {
            @Override
            protected void requireReachable() {
                callers.add(Thread.currentThread());
                super.requireReachable();
            }
        });

        assertThat(callers).isNotEmpty().doesNotContain(Thread.currentThread());
    }

    /**
     * A store cannot break S8 as the types are: views and receipts copy their lists, and what the lists hold is immutable.
     * Without the copy in ConversationView this store fails S8.
     */
    @Test
    @DisplayName("S8 a store that hands out its own growing list passes, for the view copies it")
    void aliasing() {
        assertThat(failuresOver(WrongReads.HandsOutItsOwnList::new)).isEmpty();
    }
}
