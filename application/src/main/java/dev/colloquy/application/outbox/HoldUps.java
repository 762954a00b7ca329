package dev.colloquy.application.outbox;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose entries cannot be replayed although the store answers, and why: one log line each until they can. Safe for any
 * thread.
 */
final class HoldUps {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxConversationStore.class);

    private final Map<Object, String> causes = new ConcurrentHashMap<>();

    /** What waits for an agent's conversations cannot be replayed. */
    void add(AgentId agent, String cause) {
        add(agent, "what waits for agent " + agent, cause);
    }

    /** What waits for one conversation cannot be replayed. */
    void add(ConversationId conversation, String cause) {
        add(conversation, "what waits for one conversation of agent " + conversation.agent(), cause);
    }

    private void add(Object key, String what, String cause) {
        if (causes.put(key, what + " is held up: " + cause) == null) {
            LOG.warn("the store answers, but {} is held up ({}); it waits until that is mended", what, cause);
        }
    }

    /** Something of a conversation was replayed. */
    void replayed(ConversationId conversation) {
        if (!causes.isEmpty()) {
            causes.remove(conversation);
            causes.remove(conversation.agent());
        }
    }

    void clear() {
        causes.clear();
    }

    /** One of them, and how many more there are; or empty if there is none. */
    Optional<String> summary() {
        return causes.values().stream().sorted().findFirst().map(first -> {
            int others = causes.size() - 1;
            return others < 1 ? first : first + ", and " + others + " more";
        });
    }
}
