package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.colloquy.adapter.redis.json.MessageJson;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.SequencedMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is new in a conversation whose end is known, with {@code read-new.lua}: Redis compares the known last
 * element and hands over only those behind it. What was known is shown only if that element still stands at its place,
 * and then everything before it is as it was: elements are never changed, and they leave the list at its beginning only.
 *
 * <p>An element can be recognised for certain only if its id was made for one append, and that was made once. That is so
 * while the conversation has no trail of ids; with one, ids may be the callers' and an append may be a repetition, and so
 * an element of before a clear may come again behind it. So nothing is kept of a conversation whose last element has the
 * trail, and Redis does not answer if an element behind the known one has it: the trail is never taken off a message
 * before a later one has it.
 */
final class NewRead {

    private final ScriptRunner scripts;
    private final KnownEnds ends;
    private final InstantSource clock;

    NewRead(ScriptRunner scripts, KnownEnds ends, InstantSource clock) {
        this.scripts = scripts;
        this.ends = ends;
        this.clock = clock;
    }

    /** The view, or empty if too little is known, or nothing that still holds. */
    Optional<ConversationView> view(ConversationId id, String key, MessageRange range, Duration time) {
        return ends.find(key, range).flatMap(end -> {
            List<byte[]> mark = List.of(end.mark().getBytes(US_ASCII));
            Reply reply = scripts.run(Script.READ_NEW, key, "", () -> "", mark, time);
            return view(id, key, range, end, reply);
        });
    }

    private Optional<ConversationView> view(
            ConversationId id, String key, MessageRange range, KnownEnds.End end, Reply reply) {
        if (reply.size() == 0) {
            ends.forget(key);
            return Optional.empty();
        }
        // Between the time to live and the word at the end.
        int more = Math.max(0, reply.size() - 2);
        List<SequencedMessage> messages = end.messages();
        if (more > 0) {
            List<byte[]> elements = new ArrayList<>(more);
            for (int i = 1; i <= more; i++) {
                elements.add(reply.bytes(i));
            }
            Optional<List<SequencedMessage>> fresh = MessageJson.readAll(elements, end.last() + 1);
            if (fresh.isEmpty()) {
                return Optional.empty();
            }
            List<SequencedMessage> all = new ArrayList<>(messages.size() + more);
            all.addAll(messages.subList(end.isWhole() ? 0 : Math.min(more, messages.size()), messages.size()));
            all.addAll(fresh.get());
            List<SequencedMessage> grown = List.copyOf(all);
            MessageJson.mark(elements.getLast()).ifPresent(mark -> ends.grown(key, mark, grown, end));
            messages = grown;
        }
        long timeToLive = reply.number(0);
        List<SequencedMessage> wanted = range instanceof MessageRange.Last(int count) && count < messages.size()
                ? messages.subList(messages.size() - count, messages.size())
                : messages;
        return Optional.of(ConversationView.live(
                id,
                wanted,
                messages.getLast().sequence(),
                messages.getLast().position(),
                timeToLive < 0 ? null : clock.instant().plusMillis(timeToLive)));
    }

    /** Remembers what a plain read gave. */
    void learn(String key, ListCall.Answer answer, ConversationView view) {
        if (!view.messages().isEmpty()) {
            MessageJson.mark(answer.elements().getLast()).ifPresent(mark -> ends.read(key, mark, view.messages()));
        }
    }
}
