package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problems;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tag of an answer with messages: where the conversation ends, and a fingerprint of the last message in the
 * answer, {@code "12:message-id;5f3a09c1"}; without the fingerprint if there is no message in it, and {@code "0"} when
 * the conversation has none.
 *
 * <p>Messages never change, so within one conversation the place where it ends says all about them. But it may be cleared
 * or expire, and callers may use their ids again: then content and time of the last message tell the two apart.
 */
final class EntityTag {

    private static final String EMPTY = "\"0\"";
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\x{FF}]*)\"");
    private static final Pattern POSITION = Pattern.compile("([1-9][0-9]{0,17}):([^;]+)(;[0-9a-f]{1,8})?");

    private EntityTag() {}

    /** The tag of what a read gave. */
    static String of(ConversationView view) {
        return view.lastPosition().map(last -> of(last, view.messages())).orElse(EMPTY);
    }

    /** The tag of a conversation that ends with what was stored, the same as a read of it has. */
    static String of(Receipt.Stored stored) {
        return of(stored.last(), stored.messages());
    }

    private static String of(Position last, List<SequencedMessage> messages) {
        String fingerprint =
                messages.isEmpty() ? "" : ";" + fingerprint(messages.getLast().message());
        return '"' + last.toString() + fingerprint + '"';
    }

    private static String fingerprint(Message message) {
        return Integer.toHexString(
                Objects.hash(message.at(), message.role().value(), message.content(), message.metadata()));
    }

    /**
     * Whether an {@code If-None-Match} names the tag, so that the client has the answer already. The comparison is weak.
     *
     * @throws dev.colloquy.adapter.http.problem.ProblemException if the header is malformed
     */
    static boolean noneMatchNames(String header, String tag) {
        return header.strip().equals("*")
                || parse("If-None-Match", header).stream()
                        .anyMatch(given -> given.text().equals(tag));
    }

    /**
     * What an {@code If-Match} expects of the conversation: that it ends there; the fingerprint does not count and may be
     * left out. A star matches whatever there is, since the collection of messages always exists.
     *
     * @param conversation the conversation's name, for the error
     * @throws ConversationChanged if no conversation can have this tag, or it is a weak one
     * @throws dev.colloquy.adapter.http.problem.ProblemException if the header is malformed or names several tags
     */
    static ExpectedPosition expected(String header, String conversation) {
        if (header.strip().equals("*")) {
            return ExpectedPosition.any();
        }
        List<Tag> tags = parse("If-Match", header);
        if (tags.size() > 1) {
            throw Problems.invalidValue("If-Match", header, "one entity tag, or *")
                    .asException();
        }
        Tag tag = tags.getFirst();
        if (!tag.weak() && tag.text().equals(EMPTY)) {
            return ExpectedPosition.empty();
        }
        Matcher position = POSITION.matcher(tag.text().substring(1, tag.text().length() - 1));
        if (tag.weak() || !position.matches()) {
            throw new ConversationChanged(conversation, "a tag that no conversation has", "another position");
        }
        try {
            return ExpectedPosition.last(
                    new Position(Long.parseLong(position.group(1)), new MessageId(position.group(2))));
        } catch (InvalidValue e) {
            throw new ConversationChanged(conversation, "a tag that no conversation has", "another position");
        }
    }

    private record Tag(boolean weak, String text) {}

    private static List<Tag> parse(String name, String header) {
        List<Tag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        int end = 0;
        while (matcher.find(end) && separates(header, end, matcher.start(), tags.isEmpty())) {
            tags.add(new Tag(matcher.group(1) != null, '"' + matcher.group(2) + '"'));
            end = matcher.end();
        }
        if (tags.isEmpty() || !isOnlyCommas(header.substring(end))) {
            throw Problems.invalidValue(name, header, "entity tags such as \"12:message-id;5f3a09c1\", or *")
                    .asException();
        }
        return tags;
    }

    private static boolean separates(String header, int begin, int end, boolean first) {
        String between = header.substring(begin, end);
        return (first || between.contains(",")) && isOnlyCommas(between);
    }

    /** A list may have empty elements: RFC 9110, section 5.6.1. */
    private static boolean isOnlyCommas(String text) {
        return text.replace(',', ' ').isBlank();
    }
}
