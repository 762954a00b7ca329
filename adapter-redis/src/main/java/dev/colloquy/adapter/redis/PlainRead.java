package dev.colloquy.adapter.redis;

import dev.colloquy.adapter.redis.json.MessageJson;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.redisson.client.RedisException;

/**
 * Reads the ordinary conversation with plain commands, which cost the server a third of what {@code read.lua} does: one
 * from which nothing was ever dropped, so that its length is its last number. Whatever does not look so, in the list or in
 * what others did between the commands, is left to the script.
 */
final class PlainRead {

    private final Function<String, Lane> lanes;

    PlainRead(Function<String, Lane> lanes) {
        this.lanes = lanes;
    }

    /** How many of the last elements to ask for, or empty if only the script can do it. */
    static OptionalInt countOf(MessageRange range, Retention retention) {
        if (retention.maxMessages().isPresent() || retention.from() == Retention.From.LAST_ACCESS) {
            return OptionalInt.empty();
        }
        return switch (range) {
            case MessageRange.All() -> OptionalInt.of(ListCall.ALL);
            case MessageRange.Last(int count) -> OptionalInt.of(count);
            case MessageRange.After after -> OptionalInt.empty();
        };
    }

    /** The last elements, or empty if the key holds something else than a list. */
    Optional<ListCall.Answer> ask(String key, int count, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ListCall call = new ListCall(key, count, deadline, new CompletableFuture<>());
        Lane lane = lanes.apply(key);
        lane.submit(call);
        try {
            return Optional.of(Answers.await(call.reply(), lane.isCrowded()));
        } catch (RedisException failure) {
            if (RedisErrors.isWrongType(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /**
     * The view, or empty if this is no ordinary conversation.
     *
     * @param count how many elements were asked for
     */
    static Optional<ConversationView> view(ConversationId id, int count, ListCall.Answer answer, Instant now) {
        if (answer.elements().isEmpty()) {
            return answer.length() == 0 ? Optional.of(ConversationView.empty(id)) : Optional.empty();
        }
        long first = answer.length() - answer.elements().size() + 1;
        boolean known = MessageJson.saysItsNumber(answer.elements().getFirst())
                || (first == 1 && isFromTheBeginning(count, answer.elements()));
        if (answer.timeToLive() < -1 || first < 1 || !known) {
            return Optional.empty();
        }
        return MessageJson.readAll(answer.elements(), first)
                .map(messages -> ConversationView.live(
                        id,
                        messages,
                        answer.length(),
                        messages.getLast().position(),
                        answer.timeToLive() < 0 ? null : now.plusMillis(answer.timeToLive())));
    }

    /**
     * Whether the first element is the first of the list if the length says so. It may be older than the elements, if
     * somebody pushed in between; an element that says its number would show that.
     */
    private static boolean isFromTheBeginning(int count, List<byte[]> elements) {
        return elements.size() < count || elements.stream().anyMatch(MessageJson::saysItsNumber);
    }
}
