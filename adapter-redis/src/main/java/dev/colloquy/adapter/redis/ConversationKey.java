package dev.colloquy.adapter.redis;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.UserId;
import dev.colloquy.domain.error.InvalidValue;
import java.util.Optional;

/** The key of a conversation: {@code onboarding:alex:conversation}. */
final class ConversationKey {

    private static final String END = ":conversation";

    private ConversationKey() {}

    static String of(ConversationId id) {
        return id.agent() + ":" + id.user() + END;
    }

    /** A glob pattern for an agent's keys. An agent's name has no character that means something in a pattern. */
    static String pattern(AgentId agent) {
        return agent + ":*" + END;
    }

    /** The conversation of a key, or empty if it is no conversation's key. */
    static Optional<ConversationId> parse(AgentId agent, String key) {
        String start = agent + ":";
        if (!key.startsWith(start) || !key.endsWith(END) || key.length() <= start.length() + END.length()) {
            return Optional.empty();
        }
        try {
            String user = key.substring(start.length(), key.length() - END.length());
            return Optional.of(new ConversationId(agent, new UserId(user)));
        } catch (InvalidValue notAUser) {
            return Optional.empty();
        }
    }
}
