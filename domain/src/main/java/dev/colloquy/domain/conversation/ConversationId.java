package dev.colloquy.domain.conversation;

import java.util.Objects;

/**
 * Which conversation: there is exactly one for each agent and user.
 *
 * @param agent the agent's name
 * @param user the user's name
 */
public record ConversationId(AgentId agent, UserId user) {

    public ConversationId {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(user, "user");
    }

    /**
     * The conversation of these two.
     *
     * @throws dev.colloquy.domain.error.InvalidValue if one of the names is not allowed
     */
    public static ConversationId of(String agent, String user) {
        return new ConversationId(new AgentId(agent), new UserId(user));
    }

    /** The name in errors: {@code agent:user}. */
    @Override
    public String toString() {
        return agent + ":" + user;
    }
}
