package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.ConversationId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose entries stay in the outbox although the store answers, and whether its journal cannot be written, and why: one
 * log line for each agent and reason until nothing waits any more. Safe for any thread.
 */
final class HoldUps {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxConversationStore.class);

    private static final String JOURNAL = "journal";

    private final Map<Object, String> causes = new ConcurrentHashMap<>();
    /** What the log says since nothing was held up. */
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    /** For whose conversations the store has no room: perhaps very many, for one and the same reason. */
    private final Set<ConversationId> refused = ConcurrentHashMap.newKeySet();

    private volatile String refusal = "";

    /** What waits for one conversation cannot be replayed. */
    void add(ConversationId conversation, String cause) {
        String what = "what waits for one conversation of agent " + conversation.agent();
        String line = what + " is held up: " + cause;
        // Many conversations may be held up by one and the same.
        if (!line.equals(causes.put(conversation, line)) && logged.add(line)) {
            LOG.warn("the store answers, but {} is held up ({}); it goes on when that is mended", what, cause);
        }
    }

    /** The store has no room for one conversation; whether that is so for all is for others to say. */
    void refuse(ConversationId conversation, String cause) {
        refusal = cause;
        refused.add(conversation);
    }

    /** Whether the store had no room for a conversation that still waits. */
    boolean areRefused() {
        return !refused.isEmpty();
    }

    /** Why the store had no room, when it was asked last. */
    String refusal() {
        return refusal;
    }

    /** The store takes others than those for which it has no room. */
    void sayRefused() {
        if (logged.add(refusal)) {
            LOG.warn(
                    "the store answers and takes other messages, but has no room for what waits for some conversations"
                            + " ({}); it goes on when that is mended",
                    refusal);
        }
    }

    /** The journal cannot be written. */
    void addJournal(RuntimeException cause) {
        if (causes.put(JOURNAL, String.valueOf(cause.getMessage())) == null) {
            LOG.error(
                    "the outbox journal cannot be written: in an outage nothing more is accepted, and what was replayed is"
                            + " still in it, so its conversations wait; mend the disk behind COLLOQUY_OUTBOX_DIR or make"
                            + " room on it, then all goes on without a restart",
                    cause);
        }
    }

    /** The journal can be written. */
    void journalWritten() {
        if (causes.remove(JOURNAL) != null) {
            LOG.info("the outbox journal can be written again");
        }
    }

    /** Whether what waits for a conversation could not be replayed when it was tried last. */
    boolean holdsUp(ConversationId conversation) {
        return causes.containsKey(conversation) || refused.contains(conversation);
    }

    /** Something of a conversation was replayed. */
    void replayed(ConversationId conversation) {
        causes.remove(conversation);
        refused.remove(conversation);
    }

    /** What held up a conversation was kept aside; for that the store let it be used. */
    void keptAside(ConversationId conversation) {
        replayed(conversation);
    }

    void clear() {
        causes.clear();
        refused.clear();
        logged.clear();
    }

    /** One of them, and how many more there are; or empty if there is none but those for which there is no room. */
    Optional<String> summary() {
        return causes.values().stream().min(Comparator.naturalOrder()).map(first -> {
            int others = causes.size() - 1;
            return others < 1 ? first : first + ", and " + others + " more";
        });
    }

    /** How many conversations there is no room for, and why; or empty if there is none. */
    Optional<String> refusedSummary() {
        int conversations = refused.size();
        return conversations == 0
                ? Optional.empty()
                : Optional.of(
                        "what waits for " + Counted.of(conversations, "conversation") + " is held up: " + refusal);
    }
}
