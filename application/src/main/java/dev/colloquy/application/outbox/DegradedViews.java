package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together what a read gives back while the store is unavailable. */
final class DegradedViews {

    private DegradedViews() {}

    /**
     * The known messages and, behind them, the pending ones. A range counts over both; a pending message has no
     * sequence number and counts as behind any.
     */
    static ConversationView view(ConversationId id, MessageRange range, KnownMessages known, List<Message> waiting) {
        List<SequencedMessage> messages = known.held();
        List<Message> pending = withoutKnown(waiting, known.messages());
        switch (range) {
            case MessageRange.All all -> {}
            case MessageRange.Last(int count) -> {
                messages = last(messages, Math.max(0, count - pending.size()));
                pending = last(pending, count);
            }
            case MessageRange.After(long sequence, int limit) -> {
                messages = messages.stream()
                        .filter(message -> message.sequence() > sequence)
                        .limit(limit)
                        .toList();
                pending = pending.subList(0, Math.min(pending.size(), limit - messages.size()));
            }
        }
        return new ConversationView(
                id, messages, known.length(), known.last(), null, ConversationView.State.DEGRADED, pending);
    }

    /** A message that is just being replayed is both known and waiting; it is shown once. */
    private static List<Message> withoutKnown(List<Message> waiting, List<SequencedMessage> messages) {
        if (waiting.isEmpty() || messages.isEmpty()) {
            return waiting;
        }
        Set<MessageId> known =
                messages.stream().map(each -> each.message().id()).collect(Collectors.toSet());
        return waiting.stream().filter(each -> !known.contains(each.id())).toList();
    }

    private static <T> List<T> last(List<T> all, int count) {
        return all.subList(Math.max(0, all.size() - count), all.size());
    }
}
