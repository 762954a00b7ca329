package dev.colloquy.bootstrap.journal;

import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxSettings;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.retention.Retention;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A process of its own: saves without end while the store is down, and prints the id of each accepted message. */
final class SavingProcess {

    /** So small that the journal's file is made anew now and then. */
    private static final int NEVER_TOO_LARGE = 32 << 10;

    private SavingProcess() {}

    /** @param arguments the journal's directory, then the number of threads, each with a conversation of its own */
    public static void main(String[] arguments) {
        OutboxConversationStore store = OutboxConversationStore.over(
                new HeldConversations(false),
                MvStoreOutboxJournal.open(Path.of(arguments[0]), "", Duration.ZERO, NEVER_TOO_LARGE),
                OutboxSettings.DEFAULT,
                InstantSource.system());
        for (int user = 0; user < Integer.parseInt(arguments[1]); user++) {
            ConversationId id = conversation(user);
            String prefix = user + "-";
            Thread.ofPlatform().start(() -> saveWithoutEnd(store, id, prefix, System.out));
        }
    }

    static ConversationId conversation(int user) {
        return ConversationId.of("agent", "user" + user);
    }

    private static void saveWithoutEnd(
            OutboxConversationStore store, ConversationId id, String prefix, PrintStream acknowledged) {
        for (int i = 0; ; i++) {
            String name = prefix + i;
            Message message = new Message(
                    new MessageId(name),
                    Role.USER,
                    "said " + name,
                    InstantSource.system().instant());
            if (store.append(id, Append.of(Retention.DEFAULT, message)) instanceof Receipt.Accepted) {
                synchronized (acknowledged) {
                    acknowledged.println(name);
                    acknowledged.flush();
                }
            }
        }
    }
}
