package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the messages that wait for a conversation are stored already. The store itself recognises a repeat among its
 * latest messages only; how many were appended since an attempt nobody knows, so all of them have to be looked at, back
 * to the first.
 *
 * <p>They are read in pages, however long the conversation is: longer ones if its messages are short, and each smaller
 * than the one before if that could not be transferred in time. They are read only once: a later look begins where the last
 * one ended, if the same message still stands there. What is appended between a look and the append that follows it the
 * store recognises. Nothing but the messages asked for is kept. For one thread and one conversation.
 */
final class StoredMessages {

    /** Whether messages are stored. */
    enum Answer {
        /** All of them, with the same content. */
        YES,
        /** Not all of them, as far as the store can be read; the store shall decide. */
        NO,
        /** The store is there, but what the conversation holds could not be had in time. */
        NOT_NOW
    }

    /** How many messages are read at first as a rule, and later at least, if they can be had in time. */
    static final int PAGE = 32;

    /** What a longer page may take, by the size of the messages before it. */
    private static final long LONGER_PAGE_BYTES = Stretch.MOST_BYTES;

    /** What a message takes beside what is said: its id, its time, what a store writes around them. About. */
    private static final int OVERHEAD_BYTES = 200;

    private static final int SHRINKING = 8;

    private final ConversationStore store;
    private final RecentConversations recent;
    private final Set<MessageId> wanted = new HashSet<>();
    private final Map<MessageId, Message> found = new HashMap<>();
    private @Nullable Position end;
    private boolean isCurrent;
    private int page;
    private boolean isTakingTooLong;

    /**
     * @param firstPage how many messages to read at first, from 1
     * @param entries what will be asked for
     */
    StoredMessages(ConversationStore store, RecentConversations recent, int firstPage, Collection<Waiting> entries) {
        this.store = store;
        this.recent = recent;
        this.page = firstPage;
        for (Waiting waiting : entries) {
            if (waiting.entry() instanceof OutboxEntry.Appended appended) {
                appended.append().messages().forEach(each -> wanted.add(each.id()));
            }
        }
    }

    /**
     * Whether the store held all messages of the entry when it was last looked at.
     *
     * @throws StoreUnavailable if the store is away
     */
    Answer holdAll(OutboxEntry.Appended entry) {
        while (!isCurrent) {
            try {
                lookOn(entry.conversation(), entry.append().retention());
            } catch (StoredDataUnreadable e) {
                // Behind what cannot be read nobody can look; the store still recognises its latest messages.
                isCurrent = true;
            } catch (StoreUnavailable e) {
                if (store.checkHealth().status() == StoreHealth.Status.UNAVAILABLE) {
                    throw e;
                }
                if (page == 1) {
                    return Answer.NOT_NOW;
                }
                page = Math.max(1, page / SHRINKING);
                isTakingTooLong = true;
            }
        }
        return entry.append().messages().stream().allMatch(this::isFound) ? Answer.YES : Answer.NO;
    }

    private boolean isFound(Message message) {
        Message there = found.get(message.id());
        return there != null && there.repeats(message);
    }

    /** Looks next time for what has been appended since. */
    void refresh() {
        isCurrent = false;
    }

    /** Looks anew next time: the conversation was cleared. */
    void forget() {
        refresh();
        end = null;
        found.clear();
    }

    /** Reads the next page, from the last message seen on: it shows whether the conversation is still the same. */
    private void lookOn(ConversationId id, Retention retention) {
        Position seen = end;
        MessageRange range =
                seen == null ? MessageRange.after(0, page) : MessageRange.after(seen.sequence() - 1, page + 1);
        long changes = recent.changes(id);
        ConversationView view = store.read(id, range, retention);
        // What turns out to be stored leaves the outbox; the next degraded read must find it here.
        recent.viewed(id, changes, view);
        if (seen == null || isStillThere(seen, view)) {
            take(view);
        } else {
            forget();
        }
    }

    private static boolean isStillThere(Position seen, ConversationView view) {
        if (view.messages().isEmpty()) {
            return false;
        }
        // Perhaps it was dropped by the cap meanwhile, as those before it.
        Position first = view.messages().getFirst().position();
        return first.sequence() > seen.sequence() || first.equals(seen);
    }

    private void take(ConversationView view) {
        List<SequencedMessage> messages = view.messages();
        for (SequencedMessage each : messages) {
            if (wanted.contains(each.message().id())) {
                found.put(each.message().id(), each.message());
            }
        }
        if (!messages.isEmpty()) {
            end = messages.getLast().position();
        }
        isCurrent = messages.isEmpty() || messages.getLast().position().equals(view.last());
        if (!messages.isEmpty() && !isTakingTooLong) {
            page = Math.max(PAGE, Math.toIntExact(LONGER_PAGE_BYTES / averageBytes(messages)));
        }
    }

    private static long averageBytes(List<SequencedMessage> messages) {
        long bytes = 0;
        for (SequencedMessage each : messages) {
            bytes += each.message().sizeInBytes();
        }
        return OVERHEAD_BYTES + bytes / messages.size();
    }
}
