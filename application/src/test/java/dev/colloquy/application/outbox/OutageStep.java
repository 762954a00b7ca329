package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** One thing that happens before, in or after an outage. */
sealed interface OutageStep {

    /** Where a save expects the conversation to end. */
    enum Only {
        ALWAYS,
        IF_EMPTY,
        IF_IT_ENDS_WHERE_IT_DOES
    }

    /** Somebody saves messages with these ids; without ids of their own, they get them from the use case. */
    record Save(ConversationId in, List<String> ids, String content, boolean ownIds, Only only) implements OutageStep {}

    record Read(ConversationId in, MessageRange range) implements OutageStep {}

    record Clear(ConversationId in) implements OutageStep {}

    /** Another process stores messages. */
    record OtherStores(ConversationId in, List<String> ids) implements OutageStep {
        @Override
        public String toString() {
            return "OtherStores[in=" + in + ", from " + ids.getFirst() + " to " + ids.getLast() + "]";
        }
    }

    record Fails(FaultScript.Fault how, int atWrite) implements OutageStep {}

    record TimePasses(Duration time) implements OutageStep {}

    /** What needs no more words. */
    enum Event implements OutageStep {
        LIST,
        STORE_HEALS,
        PROBE,
        RESTART,
        DISK_FULL,
        DISK_MENDED
    }

    /** A random program. The same seed gives the same steps, and each of them means the same if others are left out. */
    static List<OutageStep> program(long seed) {
        return new Generator(new Random(seed)).steps();
    }

    /** Makes up programs. */
    final class Generator {

        private final Random random;
        private final Map<ConversationId, List<String>> ids = new HashMap<>();
        private int made;

        private Generator(Random random) {
            this.random = random;
        }

        private List<OutageStep> steps() {
            return IntStream.range(0, 10 + random.nextInt(30))
                    .mapToObj(i -> step())
                    .toList();
        }

        private OutageStep step() {
            ConversationId id = OutageModel.CONVERSATIONS.get(random.nextInt(OutageModel.CONVERSATIONS.size()));
            int kind = random.nextInt(100);
            if (kind < 36) {
                return save(id);
            } else if (kind < 54) {
                return new Read(id, range());
            } else if (kind < 60) {
                return new Clear(id);
            } else if (kind < 74) {
                return new Fails(oneOf(FaultScript.Fault.values()), 1 + random.nextInt(4));
            } else if (kind < 78) {
                return others(id);
            } else if (kind < 82) {
                return new TimePasses(Duration.ofMinutes(oneOf(5, 25, 61)));
            }
            return oneOf(
                    Event.LIST,
                    Event.STORE_HEALS,
                    Event.STORE_HEALS,
                    Event.PROBE,
                    Event.PROBE,
                    Event.PROBE,
                    Event.RESTART,
                    Event.DISK_FULL,
                    Event.DISK_MENDED,
                    Event.DISK_MENDED);
        }

        private Save save(ConversationId id) {
            List<String> known = ids.computeIfAbsent(id, any -> new ArrayList<>());
            int count = 1 + random.nextInt(3);
            boolean repeats = random.nextInt(3) == 0 && !known.isEmpty();
            List<String> chosen = new ArrayList<>();
            if (repeats) {
                int from = Math.max(0, known.size() - 1 - random.nextInt(6));
                chosen.addAll(known.subList(from, Math.min(known.size(), from + count)));
                if (random.nextInt(8) == 0) {
                    Collections.reverse(chosen);
                }
            }
            while (chosen.size() < count && (!repeats || random.nextInt(4) == 0)) {
                chosen.add("m" + ++made);
            }
            chosen.stream().filter(each -> !known.contains(each)).forEach(known::add);
            String content = repeats && random.nextInt(5) == 0 ? "another" : "one";
            Only only = random.nextInt(5) == 0 ? oneOf(Only.IF_EMPTY, Only.IF_IT_ENDS_WHERE_IT_DOES) : Only.ALWAYS;
            return new Save(id, List.copyOf(chosen), content, repeats || random.nextBoolean(), only);
        }

        /** Now and then so much that the store does not recognise what was before. */
        private OutageStep others(ConversationId id) {
            if (!OutageModel.OTHERS_STORE_IN.contains(id)) {
                return Event.PROBE;
            }
            boolean many = random.nextInt(3) == 0;
            if (many) {
                ids.remove(id);
            }
            return new OtherStores(
                    id,
                    IntStream.range(0, many ? 150 : 1)
                            .mapToObj(i -> "other" + ++made)
                            .toList());
        }

        private MessageRange range() {
            return switch (random.nextInt(4)) {
                case 0 -> MessageRange.last(1 + random.nextInt(4));
                case 1 -> MessageRange.after(random.nextInt(4), 1 + random.nextInt(4));
                default -> MessageRange.all();
            };
        }

        @SafeVarargs
        private <T> T oneOf(T... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
