package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one conversation: messages that the store confirmed, the latest ones for sure, earlier
 * ones perhaps with gaps. Guarded by its segment's lock.
 *
 * <p>Answers of the store may arrive here in another order than they were given. So changes are numbered, and whoever
 * asks the store takes the number of the latest first and hands it in with the answer: an answer to a question asked
 * before a clear is not taken, and one that says the conversation is shorter than it is known to be is believed only if
 * nothing else came in between.
 */
final class KnownConversation {

    // About what a message costs beside its text: the objects around it and its place in the row.
    private static final int OVERHEAD = 320;

    private final OrderedMessages messages = new OrderedMessages();
    private long bytes;
    private long changedAt;
    private long clearedAt;
    private long length;
    // From here to the last position every message is known, so that a view of all brings nothing new.
    private long solidFrom = 1;
    private @Nullable Position last;
    private @Nullable Instant expiresAt;

    /**
     * @param forgottenAt the latest change that may have been made to it when it was known before: perhaps a clear
     */
    KnownConversation(long forgottenAt) {
        changedAt = forgottenAt;
        clearedAt = forgottenAt;
    }

    /** The number of the latest change. */
    long changedAt() {
        return changedAt;
    }

    long bytes() {
        return OVERHEAD + bytes;
    }

    void cleared(long change) {
        forgetAll();
        changedAt = change;
        clearedAt = change;
    }

    void stored(long changesBefore, long change, Receipt.Stored receipt) {
        // A replay tells how things were at the first append. That is news only if that append's own answer was lost.
        boolean oldNews = receipt.replay() && receipt.lastSequence() <= knownUntil();
        if (oldNews || clearedAt > changesBefore) {
            return;
        }
        boolean changedMeanwhile = changedAt > changesBefore;
        changedAt = change;
        learn(changedMeanwhile, receipt.messages(), receipt.last(), receipt.length(), receipt.expiresAt());
    }

    void viewed(long changesBefore, long change, ConversationView view) {
        if (changedAt > changesBefore) {
            return;
        }
        changedAt = change;
        Position end = view.last();
        if (end == null) {
            forgetAll();
        } else {
            learn(false, view.messages(), end, view.length(), view.expiresAt());
        }
    }

    private void learn(
            boolean changedMeanwhile,
            List<SequencedMessage> more,
            Position end,
            long lengthThen,
            @Nullable Instant expiryThen) {
        boolean startedAnew = end.sequence() < knownUntil() && !changedMeanwhile;
        if (startedAnew || contradicts(end) || contradicts(more)) {
            forgetAll();
        }
        long knownBefore = knownUntil();
        if (end.sequence() >= knownBefore) {
            last = end;
            length = lengthThen;
            expiresAt = expiryThen;
        }
        if (!more.isEmpty()) {
            addAll(more, knownBefore);
        }
        if (more.isEmpty() || more.getLast().sequence() < end.sequence()) {
            // The end is known, but not what is there.
            solidFrom = end.sequence() > knownBefore ? end.sequence() + 1 : solidFrom;
        }
        forgetDropped();
    }

    private long knownUntil() {
        return last == null ? 0 : last.sequence();
    }

    private boolean contradicts(Position position) {
        // Nothing is known behind the end, where most appends come: no need to look.
        if (position.sequence() > knownUntil()) {
            return false;
        }
        SequencedMessage known = messages.get(position.sequence());
        return known != null && !known.message().id().equals(position.id());
    }

    /**
     * The first one also if it has the same id: a conversation that has begun anew may use its ids again. And any other one,
     * as the store may have lost its latest messages in a failover, and others have appended since.
     */
    private boolean contradicts(List<SequencedMessage> more) {
        if (more.isEmpty() || more.getFirst().sequence() > knownUntil()) {
            return false;
        }
        SequencedMessage known = messages.get(more.getFirst().sequence());
        return (known != null && !known.equals(more.getFirst())) || messages.haveOtherIds(more);
    }

    private void addAll(List<SequencedMessage> more, long knownBefore) {
        List<SequencedMessage> fresh = new ArrayList<>();
        for (SequencedMessage message : more) {
            if (message.sequence() < solidFrom || message.sequence() > knownBefore) {
                fresh.add(message);
                bytes += weigh(message);
            }
        }
        for (SequencedMessage replaced : messages.addAll(fresh)) {
            bytes -= weigh(replaced);
        }
        long from = more.getFirst().sequence();
        long until = more.getLast().sequence();
        if (until > knownBefore && from > knownBefore + 1) {
            solidFrom = from;
        } else if (until >= solidFrom - 1) {
            solidFrom = Math.min(solidFrom, from);
        }
    }

    /** Forgets what the cap has dropped and the store does not recognise any more. */
    private void forgetDropped() {
        long dropped = knownUntil() - Math.max(length, Conversation.HORIZON);
        while (!messages.isEmpty() && messages.getFirst().sequence() <= dropped) {
            forgetFirst();
        }
    }

    /** Forgets the oldest messages until it is small enough. */
    void shrinkTo(long most) {
        while (bytes() > most && !messages.isEmpty()) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        SequencedMessage oldest = messages.removeFirst();
        bytes -= weigh(oldest);
        solidFrom = Math.max(solidFrom, oldest.sequence() + 1);
    }

    /** Whether it has expired: what is appended from then on is another conversation. */
    boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** The messages known, oldest first. */
    KnownMessages messages() {
        return last == null ? KnownMessages.NONE : new KnownMessages(messages.all(), length, last);
    }

    void forgetAll() {
        messages.clear();
        bytes = 0;
        length = 0;
        solidFrom = 1;
        last = null;
        expiresAt = null;
    }

    /** An estimate that does not walk the text: this is on the path of every call. */
    private static long weigh(SequencedMessage message) {
        long characters = message.content().length();
        for (var entry : message.message().metadata().entrySet()) {
            characters += entry.getKey().length() + entry.getValue().length() + OVERHEAD / 4;
        }
        return OVERHEAD + 2 * characters;
    }
}
