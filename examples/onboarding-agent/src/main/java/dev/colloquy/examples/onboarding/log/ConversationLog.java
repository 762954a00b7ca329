package dev.colloquy.examples.onboarding.log;

import dev.colloquy.examples.onboarding.interview.Said;
import java.util.List;

/**
 * Where the conversation with one user is kept. Every method may block, and throws {@link LogFailure} if it could not
 * do its work. Not safe for several threads.
 */
public interface ConversationLog extends AutoCloseable {

    /**
     * Everything said so far, oldest first; empty if there is no conversation. Waits a few seconds for a store that does
     * not answer, then fails: whoever goes on from a part asks again, and puts new answers in the place of old ones.
     */
    List<Said> read();

    /** Keeps one more thing said. */
    Kept append(Said said);

    /** Forgets the conversation. */
    Kept clear();

    /** Gives back what the log holds open. */
    @Override
    void close();

    /** What became of something said, or of a clear. */
    enum Kept {
        /** The store has it: what was said, or that it is to forget. */
        STORED,
        /** The store does not answer; it will have it when it is back. */
        WAITING
    }
}
