package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of one agent with one user, and the rules for appending to it: order, idempotence, condition, cap
 * and expiry. Every {@link dev.colloquy.domain.port.out.ConversationStore} behaves as if it kept one of these.
 *
 * <p>Only {@link #at} looks whether the conversation has expired; everything else takes it as it is.
 *
 * <p>Immutable and safe to share between threads. Appending costs the same for ten messages and for a hundred thousand.
 */
public final class Conversation {

    /** How many of the latest messages are remembered by id, so that a repeated append is recognised. */
    public static final int HORIZON = 128;

    private final ConversationId id;
    // The messages of the conversation and, before them, those that the cap dropped but the horizon still remembers.
    private final MessageLog log;
    private final int length;
    // While the last number is lower, the horizon holds a message that was not appended as a first attempt.
    private final long doubtfulUntil;
    private final @Nullable Instant expiresAt;

    private Conversation(
            ConversationId id, MessageLog log, int length, long doubtfulUntil, @Nullable Instant expiresAt) {
        this.id = id;
        this.log = log;
        this.length = length;
        this.doubtfulUntil = doubtfulUntil;
        this.expiresAt = expiresAt;
    }

    /** A conversation without messages. */
    public static Conversation empty(ConversationId id) {
        return new Conversation(Objects.requireNonNull(id, "id"), MessageLog.EMPTY, 0, 0, null);
    }

    /**
     * What an append leads to.
     *
     * @param conversation the conversation afterwards; the same instance for a replay
     * @param receipt what the caller gets
     */
    public record Appended(Conversation conversation, Receipt.Stored receipt) {}

    /**
     * Appends all messages, or none.
     *
     * <p>A batch whose messages are all known already, in the same order and with the same content, is a replay and
     * changes nothing. That is looked at before the condition, so that a conditional append may be repeated, too; and also
     * for a first attempt that may arrive behind its repetition.
     *
     * @param append what to append, under which condition and retention
     * @param now the time of the append
     * @throws MessageIdConflict if some id is known but this is not a replay
     * @throws ConversationChanged if the condition is not met
     */
    public Appended append(Append append, Instant now) {
        Optional<Receipt.Stored> replay = mayBeKnown(append) ? replayOf(append) : Optional.empty();
        if (replay.isPresent()) {
            return new Appended(this, replay.get());
        }
        if (!append.expected().isMetBy(last())) {
            throw new ConversationChanged(
                    id.toString(),
                    append.expected().toString(),
                    last().map(Position::toString).orElse("empty"));
        }
        return appendNew(append, append.retention().expiryAfterAppend(now, expiresAt));
    }

    /** A first attempt is known only if its repetition came before it, which says of itself that it is none. */
    private boolean mayBeKnown(Append append) {
        return !append.firstAttempt() || lastSequence() < doubtfulUntil;
    }

    private Appended appendNew(Append append, Instant expiry) {
        List<SequencedMessage> added = new ArrayList<>(append.messages().size());
        long sequence = lastSequence();
        for (Message message : append.messages()) {
            added.add(new SequencedMessage(++sequence, message));
        }
        int uncapped = length + added.size();
        int newLength = Math.min(uncapped, append.retention().maxMessages().orElse(uncapped));
        int remembered = log.size() + added.size();
        int dropped = Math.max(0, remembered - Math.max(newLength, HORIZON));
        long doubtful = append.firstAttempt() ? doubtfulUntil : sequence + HORIZON;
        Conversation next = new Conversation(id, log.append(added, dropped), newLength, doubtful, expiry);
        return new Appended(next, new Receipt.Stored(added, newLength, expiry, false));
    }

    private Optional<Receipt.Stored> replayOf(Append append) {
        List<Message> batch = append.messages();
        int first = log.lastIndexOf(batch.getFirst().id(), HORIZON);
        if (first < 0) {
            requireNew(batch);
            return Optional.empty();
        }
        for (int i = 0; i < batch.size(); i++) {
            Message message = batch.get(i);
            if (first + i >= log.size() || !log.get(first + i).message().id().equals(message.id())) {
                throw new MessageIdConflict(batch.getFirst().id().value(), "the batch goes on in another way");
            }
            if (!log.get(first + i).message().repeats(message)) {
                throw new MessageIdConflict(message.id().value(), "with other content");
            }
        }
        List<SequencedMessage> stored = log.copy(first, first + batch.size());
        long lengthThen = Math.min(
                stored.getLast().sequence(), append.retention().maxMessages().orElse(Integer.MAX_VALUE));
        return Optional.of(new Receipt.Stored(stored, lengthThen, Objects.requireNonNull(expiresAt), true));
    }

    /** Refuses a batch whose first message is new if any other is not. */
    private void requireNew(List<Message> batch) {
        for (int i = 1; i < batch.size(); i++) {
            MessageId id = batch.get(i).id();
            if (log.lastIndexOf(id, HORIZON) >= 0) {
                throw new MessageIdConflict(id.value(), "the batch is new before it");
            }
        }
    }

    /**
     * Reads some of the messages.
     *
     * @return the view; reading does not move the expiry, {@link #read} does
     */
    public ConversationView view(MessageRange range) {
        int end = log.size();
        int begin = end - length;
        List<SequencedMessage> selected = switch (range) {
            case MessageRange.All() -> log.copy(begin, end);
            case MessageRange.Last(int count) -> log.copy(Math.max(begin, end - count), end);
            case MessageRange.After(long sequence, int limit) -> {
                long skipped = Math.clamp(sequence - (lastSequence() - length), 0, length);
                int from = begin + Math.toIntExact(skipped);
                yield log.copy(from, (int) Math.min(end, (long) from + limit));
            }
        };
        return ConversationView.live(id, selected, length, last().orElse(null), expiresAt);
    }

    /** This conversation after a read: the same, or with its expiry moved if the retention counts from the access. */
    public Conversation read(Retention retention, Instant now) {
        if (expiresAt == null) {
            return this;
        }
        Instant expiry = retention.expiryAfterRead(now, expiresAt);
        return expiry.equals(expiresAt) ? this : new Conversation(id, log, length, doubtfulUntil, expiry);
    }

    /** This conversation as it stands at a time: the same, or an empty one once it has expired. */
    public Conversation at(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt) ? empty(id) : this;
    }

    /** Which conversation this is. */
    public ConversationId id() {
        return id;
    }

    /** How many messages it holds. */
    public int length() {
        return length;
    }

    /** Where it ends, or empty if it has no message. */
    public Optional<Position> last() {
        return log.size() == 0
                ? Optional.empty()
                : Optional.of(log.get(log.size() - 1).position());
    }

    /** When it expires, or empty if it has no message. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /**
     * About how many bytes of heap its messages and the texts of its id take: the messages it holds, and those that the cap
     * dropped but that are still remembered or not yet free.
     */
    public long heapBytes() {
        return log.heapBytes()
                + HeapSize.of(id.agent().value())
                + HeapSize.of(id.user().value());
    }

    private long lastSequence() {
        return log.size() == 0 ? 0 : log.get(log.size() - 1).sequence();
    }
}
