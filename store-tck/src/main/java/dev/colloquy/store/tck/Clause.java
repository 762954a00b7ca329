package dev.colloquy.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.port.out.ConversationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What the tests of every clause share. Each test has an instance, and so a conversation, of its own; and a thread of its
 * own, since a thread that waits for a lock cannot be interrupted, but can be left behind.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class Clause {

    private static final int MOST_PAGES = 100_000;

    final StoreHarness harness;
    final ConversationStore store;
    final ConversationId alex = ConversationId.of(Samples.newAgent(), "alex");

    Clause(Supplier<StoreHarness> harness) {
        this.harness = harness.get();
        this.store = this.harness.store();
    }

    /** The first or the second client, taking turns. */
    final ConversationStore client(int number) {
        return number % 2 == 0 ? store : harness.anotherClient();
    }

    final Receipt.Stored append(Append append) {
        return append(store, alex, append);
    }

    final Receipt.Stored append(Message... messages) {
        return append(Samples.batch(List.of(messages)));
    }

    static Receipt.Stored append(ConversationStore store, ConversationId id, Append append) {
        Receipt receipt = store.append(id, append);
        if (receipt instanceof Receipt.Stored stored) {
            return stored;
        }
        throw new AssertionError("a store that can be reached stores at once, but this gave " + receipt);
    }

    final ConversationView read() {
        return read(MessageRange.all());
    }

    final ConversationView read(MessageRange range) {
        return store.read(alex, range, Samples.WEEK);
    }

    final ConversationView read(ConversationId id) {
        return store.read(id, MessageRange.all(), Samples.WEEK);
    }

    final List<ConversationId> list(AgentId agent, int limit) {
        return list(store, agent, limit);
    }

    static List<ConversationId> list(ConversationStore store, AgentId agent, int limit) {
        return pages(store, agent, limit).stream()
                .flatMap(page -> page.conversations().stream())
                .toList();
    }

    static List<ConversationPage> pages(ConversationStore store, AgentId agent, int limit) {
        List<ConversationPage> seen = new ArrayList<>();
        PageRequest request = PageRequest.first(limit);
        while (seen.size() < MOST_PAGES) {
            ConversationPage page = store.list(agent, request);
            seen.add(page);
            Optional<String> next = page.nextCursor();
            if (next.isEmpty()) {
                return seen;
            }
            request = request.after(next.get());
        }
        throw new AssertionError("the listing did not come to an end in " + MOST_PAGES + " pages");
    }

    final void assertTimeLeft(Optional<Instant> expiresAt, Duration expected) {
        Duration tolerance = harness.timeTolerance();
        assertThat(expiresAt).as("expiry").isPresent();
        assertThat(Duration.between(harness.now(), expiresAt.orElseThrow()))
                .as("time left until the expiry")
                .isBetween(expected.minus(tolerance), expected.plus(tolerance));
    }

    final void assertTimeLeft(Duration expected) {
        assertTimeLeft(Optional.ofNullable(read().expiresAt()), expected);
    }
}
