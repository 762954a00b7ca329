package dev.colloquy.benchmarks.inprocess;

import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;

/** Appends made beforehand, so that making them is not measured. */
final class Batch {

    /** How many appends one measured iteration makes; few, so that the conversations stay about as long as they are. */
    static final int SIZE = 5000;

    private Batch() {}

    /** So many appends of one message of 100 bytes each, all with different ids. */
    static Append[] appends(String prefix, int count) {
        String content = Said.question(100).content();
        Append[] appends = new Append[count];
        for (int i = 0; i < count; i++) {
            MessageId id = new MessageId(prefix + "-" + i);
            appends[i] = Append.of(Retention.DEFAULT, new Message(id, Role.USER, content, Instant.EPOCH));
        }
        return appends;
    }
}
