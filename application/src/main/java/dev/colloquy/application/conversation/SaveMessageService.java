package dev.colloquy.application.conversation;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.port.in.NewMessage;
import dev.colloquy.domain.port.in.SaveMessageUseCase;
import dev.colloquy.domain.port.in.SaveMessagesCommand;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Turns what a caller said into messages with id and time, and appends them. */
record SaveMessageService(
        ConversationStore store,
        RetentionPolicy retention,
        MessageLimits limits,
        MessageIdSource ids,
        InstantSource clock)
        implements SaveMessageUseCase {

    @Override
    public Receipt saveMessages(SaveMessagesCommand command) {
        Instant now = clock.instant();
        List<Message> messages = new ArrayList<>(command.messages().size());
        boolean newIds = true;
        for (NewMessage said : command.messages()) {
            messages.add(message(said, now));
            newIds &= said.givenId().isEmpty();
        }
        Retention kept = retention.retentionFor(command.conversation().agent());
        Receipt receipt = store.append(command.conversation(), new Append(messages, command.expected(), kept, newIds));
        return newIds ? first(receipt) : receipt;
    }

    /** Nobody knew ids that were made for this call: what was there already, the store had put there in this very call. */
    private static Receipt first(Receipt receipt) {
        return receipt instanceof Receipt.Stored stored && stored.replay()
                ? new Receipt.Stored(stored.messages(), stored.length(), stored.expiresAt(), false)
                : receipt;
    }

    private Message message(NewMessage said, Instant now) {
        Message message =
                new Message(said.givenId().orElseGet(ids::next), said.role(), said.content(), now, said.metadata());
        limits.check(message);
        return message;
    }
}
