package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.retention.Retention;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together what a read gives back while the store is unavailable. */
final class DegradedViews {

    private DegradedViews() {}

    /**
     * The known messages and, behind them, the pending ones. A range counts over both, and so does the cap, as it will when
     * all is stored; a pending message has no sequence number and counts as behind any.
     *
     * @param perhapsStored which of the waiting ones may be known for another reason than their replay
     */
    static ConversationView view(
            ConversationId id,
            MessageRange range,
            Retention retention,
            KnownMessages known,
            List<Message> waiting,
            Set<MessageId> perhapsStored) {
        List<Message> pending = withoutReplayed(waiting, perhapsStored, known.messages());
        int most = most(range, retention);
        List<SequencedMessage> messages = last(known.held(), Math.max(0, most - pending.size()));
        pending = last(pending, most);
        if (range instanceof MessageRange.After(long sequence, int limit)) {
            messages = messages.stream()
                    .filter(message -> message.sequence() > sequence)
                    .limit(limit)
                    .toList();
            pending = pending.subList(0, Math.min(pending.size(), limit - messages.size()));
        }
        return new ConversationView(
                id, messages, known.length(), known.last(), null, ConversationView.State.DEGRADED, pending);
    }

    private static int most(MessageRange range, Retention retention) {
        int cap = retention.maxMessages().orElse(Integer.MAX_VALUE);
        return range instanceof MessageRange.Last(int count) ? Math.min(count, cap) : cap;
    }

    /**
     * A message that is just being replayed is both known and waiting; it is shown once. Those that waited before it were
     * replayed before it; if the beginning of the conversation is not remembered, some of them may be forgotten already. One
     * that may be known for another reason says nothing of them.
     */
    private static List<Message> withoutReplayed(
            List<Message> waiting, Set<MessageId> perhapsStored, List<SequencedMessage> messages) {
        if (waiting.isEmpty() || messages.isEmpty()) {
            return waiting;
        }
        Set<MessageId> known =
                messages.stream().map(each -> each.message().id()).collect(Collectors.toSet());
        boolean isWhole = messages.getFirst().sequence() == 1;
        return waiting.stream()
                .skip(isWhole ? 0 : upToLastReplayed(waiting, perhapsStored, known))
                .filter(each -> !known.contains(each.id()))
                .toList();
    }

    private static int upToLastReplayed(List<Message> waiting, Set<MessageId> perhapsStored, Set<MessageId> known) {
        int count = waiting.size();
        while (count > 0 && !isReplayed(waiting.get(count - 1).id(), perhapsStored, known)) {
            count--;
        }
        return count;
    }

    private static boolean isReplayed(MessageId id, Set<MessageId> perhapsStored, Set<MessageId> known) {
        return known.contains(id) && !perhapsStored.contains(id);
    }

    private static <T> List<T> last(List<T> all, int count) {
        return all.subList(Math.max(0, all.size() - count), all.size());
    }
}
