package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
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

    /** What waits for an agent's conversations cannot be replayed. */
    void add(AgentId agent, String cause) {
        add(agent, "what waits for agent " + agent, cause);
    }

    /** What waits for one conversation cannot be replayed. */
    void add(ConversationId conversation, String cause) {
        add(conversation, "what waits for one conversation of agent " + conversation.agent(), cause);
    }

    private void add(Object key, String what, String cause) {
        String line = what + " is held up: " + cause;
        // Many conversations may be held up by one and the same.
        if (causes.put(key, line) == null && logged.add(line)) {
            LOG.warn("the store answers, but {} is held up ({}); it goes on when that is mended", what, cause);
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
        return causes.containsKey(conversation) || causes.containsKey(conversation.agent());
    }

    /** Something of a conversation was replayed. */
    void replayed(ConversationId conversation) {
        if (!causes.isEmpty()) {
            causes.remove(conversation);
            causes.remove(conversation.agent());
        }
    }

    /** What held up a conversation was kept aside; for that the store let it be used. */
    void keptAside(ConversationId conversation) {
        replayed(conversation);
    }

    void clear() {
        causes.clear();
        logged.clear();
    }

    /** One of them, and how many more there are; or empty if there is none. */
    Optional<String> summary() {
        return causes.values().stream().sorted().findFirst().map(first -> {
            int others = causes.size() - 1;
            return others < 1 ? first : first + ", and " + others + " more";
        });
    }
}
