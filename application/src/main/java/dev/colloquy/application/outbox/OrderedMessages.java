package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one conversation in the order of their numbers, perhaps with gaps. Made for what happens at nearly every
 * call: messages come behind the last one, or are looked up near the end. Not safe for threads.
 */
final class OrderedMessages {

    private final Deque<SequencedMessage> messages = new ArrayDeque<>();

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The message with this number, or null. */
    @Nullable
    SequencedMessage get(long sequence) {
        for (Iterator<SequencedMessage> latest = messages.descendingIterator(); latest.hasNext(); ) {
            SequencedMessage message = latest.next();
            if (message.sequence() <= sequence) {
                return message.sequence() == sequence ? message : null;
            }
        }
        return null;
    }

    /**
     * Whether one of the numbers is that of a message with another id here.
     *
     * @param others oldest first
     */
    boolean haveOtherIds(List<SequencedMessage> others) {
        Iterator<SequencedMessage> latest = messages.descendingIterator();
        int at = others.size() - 1;
        while (latest.hasNext() && at >= 0) {
            SequencedMessage message = latest.next();
            while (at >= 0 && others.get(at).sequence() > message.sequence()) {
                at--;
            }
            boolean isSameNumber = at >= 0 && others.get(at).sequence() == message.sequence();
            if (isSameNumber
                    && !others.get(at).message().id().equals(message.message().id())) {
                return true;
            }
        }
        return false;
    }

    /** A copy of them, oldest first. */
    List<SequencedMessage> all() {
        return List.copyOf(messages);
    }

    /** The oldest message. */
    SequencedMessage getFirst() {
        return messages.getFirst();
    }

    /**
     * Adds messages, in the place of those with the same numbers.
     *
     * @param more oldest first
     * @return the messages that had those numbers
     */
    List<SequencedMessage> addAll(List<SequencedMessage> more) {
        if (more.isEmpty()) {
            return List.of();
        }
        if (messages.isEmpty()
                || messages.getLast().sequence() < more.getFirst().sequence()) {
            messages.addAll(more);
            return List.of();
        }
        Deque<SequencedMessage> later = new ArrayDeque<>();
        while (!messages.isEmpty()
                && messages.getLast().sequence() >= more.getFirst().sequence()) {
            later.addFirst(messages.removeLast());
        }
        List<SequencedMessage> replaced = new ArrayList<>();
        for (SequencedMessage message : more) {
            while (!later.isEmpty() && later.getFirst().sequence() < message.sequence()) {
                messages.addLast(later.removeFirst());
            }
            if (!later.isEmpty() && later.getFirst().sequence() == message.sequence()) {
                replaced.add(later.removeFirst());
            }
            messages.addLast(message);
        }
        messages.addAll(later);
        return replaced;
    }

    /** Removes the oldest message and gives it. */
    SequencedMessage removeFirst() {
        return messages.removeFirst();
    }

    void clear() {
        messages.clear();
    }
}
