package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Compares messages and says in what they differ. {@link Message#toString} keeps content and metadata to itself, which
 * would leave a store's author with two texts that are the same; the kit's own data is no secret.
 */
final class Differences {

    private static final int SHOWN = 60;
    private static final int SHOWN_BEFORE = 15;

    private Differences() {}

    /** Fails unless they are the same. */
    static void assertSame(String what, Message actual, Message expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ", message " + expected.id() + between(expected, actual));
        }
    }

    /** Fails unless they are the same messages under the same numbers, in the same order. */
    static void assertSame(String what, List<SequencedMessage> actual, List<SequencedMessage> expected) {
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            SequencedMessage came = actual.get(i);
            SequencedMessage wanted = expected.get(i);
            if (!came.equals(wanted)) {
                throw new AssertionError(what + ", " + wanted.position() + ", the " + (i + 1) + ". of "
                        + expected.size()
                        + field("number", Long.toString(wanted.sequence()), Long.toString(came.sequence()))
                        + between(wanted.message(), came.message()));
            }
        }
        if (actual.size() != expected.size()) {
            throw new AssertionError(what
                    + field(
                            "messages",
                            Samples.ids(expected).toString(),
                            Samples.ids(actual).toString()));
        }
    }

    /** A line for each field that differs. */
    static String between(Message expected, Message actual) {
        return field("id", expected.id().value(), actual.id().value())
                + field("role", expected.role().value(), actual.role().value())
                + field("content", expected.content(), actual.content())
                + field("time", expected.at().toString(), actual.at().toString())
                + metadata(expected, actual);
    }

    private static String metadata(Message expected, Message actual) {
        if (expected.metadata().equals(actual.metadata())) {
            return "";
        }
        return field("metadata's keys", keys(expected), keys(actual)) + values(expected, actual);
    }

    private static String keys(Message message) {
        return String.join(", ", new TreeMap<>(message.metadata()).keySet());
    }

    private static String values(Message expected, Message actual) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(expected.metadata()).forEach((key, value) -> {
            String came = actual.metadata().get(key);
            if (came != null) {
                lines.add(field("metadata under " + shortened(key, 0), value, came));
            }
        });
        return String.join("", lines);
    }

    private static String field(String name, String expected, String actual) {
        if (expected.equals(actual)) {
            return "";
        }
        int same = 0;
        while (same < Math.min(expected.length(), actual.length()) && expected.charAt(same) == actual.charAt(same)) {
            same++;
        }
        return "\n  " + name + ", which differs from character " + (same + 1) + " on:\n    expected "
                + shortened(expected, same) + "\n    but came " + shortened(actual, same);
    }

    /** The part around an index, in which only ASCII stands for itself: others may look alike, or like nothing. */
    private static String shortened(String text, int around) {
        int from = Math.max(0, Math.min(around, text.length()) - SHOWN_BEFORE);
        int to = Math.min(text.length(), from + SHOWN);
        StringBuilder shown = new StringBuilder(from > 0 ? "…\"" : "\"");
        for (char c : text.substring(from, to).toCharArray()) {
            if (c >= ' ' && c <= '~') {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return shown.append(to < text.length() ? "\"…" : "\"")
                .append(" (length ")
                .append(text.length())
                .append(")")
                .toString();
    }
}
