package dev.colloquy.bootstrap.history;

import java.util.List;

/** One thing that must hold for a conversation. */
@FunctionalInterface
interface Check {

    /** The proofs that it does not hold; none if it does. */
    List<Anomaly> violations(ConversationHistory conversation);
}
