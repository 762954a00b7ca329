package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.retention.Retention;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What to append to a conversation: all of it in one step, or nothing.
 *
 * @param messages 1 to {@value #MOST_MESSAGES} messages with distinct ids, in order, and no more than the retention keeps
 * @param expected where the conversation must end for this to happen
 * @param retention how long the conversation is kept from now on
 * @param firstAttempt whether nobody can have tried to append any of these messages before: their ids were made for this
 *     very call. It may still arrive behind its repetition, which says that it is none; so a store may save looking for
 *     the ids only among messages that all were first attempts. If in doubt, false
 */
public record Append(List<Message> messages, ExpectedPosition expected, Retention retention, boolean firstAttempt) {

    /**
     * The most messages in one batch. It equals the idempotence horizon ({@link Conversation#HORIZON}), so that every
     * batch can be recognised as a whole when it is repeated.
     */
    public static final int MOST_MESSAGES = 128;

    /** @throws InvalidValue if there are too few or too many messages, or two with the same id */
    public Append {
        messages = List.copyOf(messages);
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(retention, "retention");
        int most = Math.min(MOST_MESSAGES, retention.maxMessages().orElse(MOST_MESSAGES));
        if (messages.isEmpty() || messages.size() > most) {
            throw new InvalidValue("messages", "a list of " + messages.size(), "a list of 1 to " + most);
        }
        if (messages.size() > 1) {
            requireDistinctIds(messages);
        }
    }

    private static void requireDistinctIds(List<Message> messages) {
        Set<MessageId> ids = new HashSet<>();
        for (Message message : messages) {
            if (!ids.add(message.id())) {
                throw new InvalidValue("id", message.id().value(), "ids that differ within a batch");
            }
        }
    }

    /** An append that may be a repetition. */
    public Append(List<Message> messages, ExpectedPosition expected, Retention retention) {
        this(messages, expected, retention, false);
    }

    /** An append of these messages without a condition. */
    public static Append of(Retention retention, Message... messages) {
        return new Append(List.of(messages), ExpectedPosition.any(), retention);
    }

    /** The same with a condition. */
    public Append expecting(ExpectedPosition position) {
        return new Append(messages, position, retention, firstAttempt);
    }

    /** The same, of messages whose ids were made for this call. */
    public Append asFirstAttempt() {
        return new Append(messages, expected, retention, true);
    }

    /** The same, which may have been tried before. */
    public Append asRepetition() {
        return firstAttempt ? new Append(messages, expected, retention, false) : this;
    }
}
