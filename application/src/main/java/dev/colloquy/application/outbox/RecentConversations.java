package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Receipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was recently read or written, for the time when the store cannot be asked. Bounded by an estimate of its memory;
 * the conversations used least recently go first, and of a very long one the oldest messages.
 *
 * <p>Safe for any number of threads. Conversations are spread over segments with a lock each, held only while the messages
 * of one call are noted, so that callers on the live path hardly ever meet.
 */
final class RecentConversations {

    private static final int MOST_SEGMENTS = 64;
    private static final long SMALLEST_SEGMENT = 1L << 20;

    /** 2^32 divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4): spreads over the high bits. */
    private static final int GOLDEN = 0x9E37_79B9;

    private final Segment[] segments;

    RecentConversations(long maxBytes, InstantSource clock) {
        int wanted = Math.clamp(maxBytes / SMALLEST_SEGMENT, 1, MOST_SEGMENTS);
        segments = new Segment[Integer.highestOneBit(wanted)];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Segment(maxBytes / segments.length, clock);
        }
    }

    /** What to take before asking the store, and to hand in with its answer. */
    long changes(ConversationId id) {
        return segment(id).changes;
    }

    void stored(ConversationId id, long changesBefore, Receipt.Stored receipt) {
        segment(id).update(id, (known, change) -> known.stored(changesBefore, change, receipt));
    }

    void viewed(ConversationId id, long changesBefore, ConversationView view) {
        segment(id).update(id, (known, change) -> known.viewed(changesBefore, change, view));
    }

    void cleared(ConversationId id) {
        segment(id).update(id, KnownConversation::cleared);
    }

    KnownMessages known(ConversationId id, Instant now) {
        return segment(id).known(id, now);
    }

    private Segment segment(ConversationId id) {
        // By other bits than the map of a segment goes by, or all of a segment would fall into a few of its bins.
        long spread = Integer.toUnsignedLong(id.hashCode() * GOLDEN);
        return segments[(int) ((spread * segments.length) >>> Integer.SIZE)];
    }

    private static final class Segment {

        /** A change and its number. */
        @FunctionalInterface
        private interface Change {
            void apply(KnownConversation known, long number);
        }

        private final Map<ConversationId, KnownConversation> conversations = new LinkedHashMap<>(16, 0.75f, true);
        private final long maxBytes;
        private final InstantSource clock;
        private long bytes;
        /** How many there have been: for all conversations together, so that whoever takes it need not look for one. */
        private volatile long changes;
        /** The latest change to a conversation that is no longer known. */
        private long forgotten;

        private Segment(long maxBytes, InstantSource clock) {
            this.maxBytes = maxBytes;
            this.clock = clock;
        }

        private synchronized KnownMessages known(ConversationId id, Instant now) {
            KnownConversation known = conversations.get(id);
            return known == null || known.hasExpired(now) ? KnownMessages.NONE : known.messages();
        }

        private synchronized void update(ConversationId id, Change change) {
            KnownConversation known = conversations.get(id);
            if (known == null) {
                known = new KnownConversation(forgotten);
                conversations.put(id, known);
            } else {
                bytes -= known.bytes();
                if (known.hasExpired(clock.instant())) {
                    known.forgetAll();
                }
            }
            long number = changes + 1;
            changes = number;
            change.apply(known, number);
            known.shrinkTo(maxBytes / 2);
            bytes += known.bytes();
            evict();
        }

        private void evict() {
            Iterator<KnownConversation> oldest = conversations.values().iterator();
            while (bytes > maxBytes && oldest.hasNext()) {
                KnownConversation known = oldest.next();
                bytes -= known.bytes();
                forgotten = Math.max(forgotten, known.changedAt());
                oldest.remove();
            }
        }
    }
}
