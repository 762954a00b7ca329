package dev.colloquy.adapter.http.json;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.MessageTooLarge;
import dev.colloquy.domain.error.RuleViolation;
import dev.colloquy.domain.port.in.NewMessage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The messages of a body, which knows where in it each of them stands. Immutable.
 *
 * @param messages the messages, in order
 * @param isBatch whether they stood in {@code {"messages":[…]}}
 */
public record SentMessages(List<NewMessage> messages, boolean isBatch) {

    private static final MessageId ANY_ID = new MessageId("any");

    public SentMessages {
        messages = List.copyOf(messages);
    }

    /**
     * Where the message stands that was refused, to go before the name of its field.
     *
     * @param refusal why these messages were not saved
     * @return such as {@code messages[1].}; empty if it is no batch, or none of its messages alone is at fault
     */
    public String placeOf(RuleViolation refusal) {
        if (isBatch) {
            Predicate<NewMessage> isAtFault = fault(refusal);
            for (int i = 0; i < messages.size(); i++) {
                if (isAtFault.test(messages.get(i))) {
                    return place(i) + ".";
                }
            }
        }
        return "";
    }

    /** The place of a message in a batch. */
    static String place(int index) {
        return "messages[" + index + "]";
    }

    // Found only now, as looking at each message before it is saved would cost those that are right.
    private static Predicate<NewMessage> fault(RuleViolation refusal) {
        return switch (refusal) {
            case MessageIdConflict conflict ->
                message -> message.givenId()
                        .filter(id -> id.value().equals(conflict.messageId()))
                        .isPresent();
            case MessageTooLarge tooLarge -> message -> made(message).sizeInBytes() > tooLarge.maxBytes();
            case InvalidValue invalid ->
                switch (invalid.field()) {
                    case "id" -> repeatedId();
                    case "content", "metadata" -> message -> !isPossible(message);
                    default -> message -> false;
                };
            case InvalidSettings settings -> message -> false;
        };
    }

    private static Predicate<NewMessage> repeatedId() {
        Set<MessageId> before = new HashSet<>();
        return message -> message.givenId().filter(id -> !before.add(id)).isPresent();
    }

    private static boolean isPossible(NewMessage message) {
        try {
            made(message);
            return true;
        } catch (InvalidValue e) {
            return false;
        }
    }

    private static Message made(NewMessage said) {
        return new Message(ANY_ID, said.role(), said.content(), Instant.EPOCH, said.metadata());
    }
}
