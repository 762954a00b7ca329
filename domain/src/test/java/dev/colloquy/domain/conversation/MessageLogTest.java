package dev.colloquy.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The message log behaves as an immutable list")
class MessageLogTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private record Version(MessageLog log, List<SequencedMessage> expected) {

        private void check() {
            assertThat(log.copy(0, log.size())).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("whichever version is appended to, and however much is dropped")
    void versions() {
        long seed = 20260301;
        Random random = new Random(seed);
        List<Version> versions = new ArrayList<>(List.of(new Version(MessageLog.EMPTY, List.of())));
        for (int step = 0; step < 2_000; step++) {
            boolean newest = random.nextInt(4) > 0;
            Version base = newest ? versions.getLast() : versions.get(random.nextInt(versions.size()));
            List<SequencedMessage> more = messages(step, 1 + random.nextInt(5));
            int dropped = random.nextInt(Math.min(4, base.expected().size() + 1));

            List<SequencedMessage> expected = new ArrayList<>(
                    base.expected().subList(dropped, base.expected().size()));
            expected.addAll(more);
            versions.add(new Version(base.log().append(more, dropped), expected));
        }
        versions.forEach(Version::check);
    }

    private static List<SequencedMessage> messages(int step, int count) {
        List<SequencedMessage> messages = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            messages.add(new SequencedMessage(i, new Message(new MessageId(step + "." + i), Role.USER, "text", NOON)));
        }
        return messages;
    }
}
