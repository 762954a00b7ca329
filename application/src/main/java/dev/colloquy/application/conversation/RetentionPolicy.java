package dev.colloquy.application.conversation;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.retention.Retention;

/** Which retention an agent's conversations have. Implementations are pure and safe for any thread. */
@FunctionalInterface
public interface RetentionPolicy {

    /** The retention for this agent. */
    Retention retentionFor(AgentId agent);

    /** The same for every agent. */
    static RetentionPolicy always(Retention retention) {
        return agent -> retention;
    }
}
