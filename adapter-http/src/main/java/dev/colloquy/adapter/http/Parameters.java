package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problems;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** What requests say in their path and query, as values of the domain. */
final class Parameters {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final long LARGEST = 999_999_999_999_999_999L;
    private static final long NO_NUMBER = -1;
    private static final int DEFAULT_PAGE = 100;

    private Parameters() {}

    static AgentId agent(Request request) {
        return new AgentId(request.pathParameter("agent"));
    }

    static ConversationId conversation(Request request) {
        return ConversationId.of(request.pathParameter("agent"), request.pathParameter("user"));
    }

    /**
     * Which messages: {@code last} alone; or {@code after} and {@code limit}, each of which may stand alone: from the
     * beginning, or as many as there are.
     */
    static MessageRange range(Request request) {
        Optional<Long> last = number(request, "last", 1, LARGEST);
        Optional<Long> after = number(request, "after", 0, LARGEST);
        Optional<Long> limit = number(request, "limit", 1, LARGEST);
        if (last.isPresent()) {
            if (after.isPresent() || limit.isPresent()) {
                throw Problems.invalidValue(
                                "last", last.get() + " with after or limit", "last alone, or after and limit")
                        .asException();
            }
            return MessageRange.last(clamp(last.get()));
        }
        if (after.isEmpty() && limit.isEmpty()) {
            return MessageRange.all();
        }
        return MessageRange.after(after.orElse(0L), clamp(limit.orElse((long) Integer.MAX_VALUE)));
    }

    static PageRequest page(Request request) {
        int limit = clamp(number(request, "limit", 1, PageRequest.MOST).orElse((long) DEFAULT_PAGE));
        return request.queryParameter("cursor")
                .map(cursor -> new PageRequest(cursor, limit))
                .orElseGet(() -> PageRequest.first(limit));
    }

    /** A parameter's name for an error: callers may make up long ones. */
    static String shortened(String name) {
        return name.codePointCount(0, name.length()) > 80
                ? name.substring(0, name.offsetByCodePoints(0, 80)) + "…"
                : name;
    }

    private static Optional<Long> number(Request request, String name, long least, long most) {
        return request.queryParameter(name).map(text -> {
            long number = DIGITS.matcher(text).matches() ? Long.parseLong(text) : NO_NUMBER;
            if (number < least || number > most) {
                throw Problems.invalidValue(name, text, "a whole number from " + least + " to " + most)
                        .asException();
            }
            return number;
        });
    }

    private static int clamp(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }
}
