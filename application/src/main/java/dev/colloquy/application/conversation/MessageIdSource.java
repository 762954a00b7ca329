package dev.colloquy.application.conversation;

import dev.colloquy.domain.conversation.MessageId;

/** Makes the ids of messages that come without one. Implementations are safe for any thread. */
@FunctionalInterface
public interface MessageIdSource {

    /** An id that was never given out before, in any process. */
    MessageId next();
}
