package dev.colloquy.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.retention.Retention;
import dev.colloquy.store.tck.ManualClock;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Measured on the heap: each test fills a store with some ten MB. */
@DisplayName("What a conversation is counted for is about what it takes of the heap")
class FootprintTest {

    private static final Retention WEEK = Retention.DEFAULT;

    private final ManualClock clock = new ManualClock();

    private Message message(String content, Map<String, String> metadata) {
        MessageId id = new MessageId(UUID.randomUUID().toString());
        return new Message(id, Role.USER, content, clock.instant().plusNanos(1), metadata);
    }

    private Message plain(int length) {
        return message("x".repeat(length), Map.of());
    }

    @Test
    @DisplayName("with plain text")
    void plainText() throws JMException {
        assertCounted(100, 100, WEEK, i -> plain(1_000));
    }

    @Test
    @DisplayName("with short texts in many conversations")
    void shortTexts() throws JMException {
        assertCounted(10_000, 3, WEEK, i -> plain(10));
    }

    @Test
    @DisplayName("with one character in the text that takes two bytes, and so do all others then")
    void wideText() throws JMException {
        assertCounted(100, 100, WEEK, i -> message("x".repeat(999) + "—", Map.of()));
    }

    @Test
    @DisplayName("with much metadata")
    void metadata() throws JMException {
        assertCounted(100, 20, WEEK, i -> message("", entries(64)));
    }

    private static Map<String, String> entries(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(
                        Collectors.toMap(i -> String.valueOf((char) ('0' + i)), i -> String.valueOf((char) (' ' + i))));
    }

    @Test
    @DisplayName("with a cap, whose dropped messages are not free at once")
    void capped() throws JMException {
        // So many that the log is about to be copied: 128 are remembered, and 64 are still there.
        assertCounted(100, 224, WEEK.keepingAtMost(2), i -> plain(1_000));
    }

    @Test
    @DisplayName("with long names of users, whose characters take two bytes")
    void longUsers() throws JMException {
        assertCounted("日".repeat(200), 10_000, 1, WEEK, i -> plain(10));
    }

    private void assertCounted(int conversations, int messages, Retention retention, IntFunction<Message> message)
            throws JMException {
        assertCounted("", conversations, messages, retention, message);
    }

    private void assertCounted(
            String prefix, int conversations, int messages, Retention retention, IntFunction<Message> message)
            throws JMException {
        MemoryConversationStore store =
                new MemoryConversationStore(clock, clock::nanoTime, Long.MAX_VALUE, reason -> {});
        long before = usedHeap();
        for (int i = 0; i < conversations; i++) {
            ConversationId id = ConversationId.of("onboarding", prefix + UUID.randomUUID());
            for (int j = 0; j < messages; j++) {
                store.append(id, Append.of(retention, message.apply(j)));
            }
        }
        long taken = usedHeap() - before;
        long counted =
                store.cache.policy().eviction().orElseThrow().weightedSize().orElseThrow();

        assertThat(taken).as("bytes of heap").isGreaterThan(5_000_000);
        assertThat(100.0 * counted / taken)
                .as("percent of %d bytes of heap that are counted", taken)
                .isBetween(80.0, 125.0);
    }

    /** The bytes of all objects in use, to the byte: what is free also depends on the threads' allocation buffers. */
    private static long usedHeap() throws JMException {
        // A collection may leave some garbage where it would have to move much for it, but not four in a row.
        for (int i = 1; i < 4; i++) {
            System.gc();
        }
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(histogram);
        assertThat(total.find()).as("a total in %s", histogram).isTrue();
        return Long.parseLong(total.group(1));
    }
}
