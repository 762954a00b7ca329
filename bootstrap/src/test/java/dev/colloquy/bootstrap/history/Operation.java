package dev.colloquy.bootstrap.history;

import java.util.List;

/** One call of a client: one attempt, so that a repeated call is several of these. Times are nanoseconds of one clock. */
sealed interface Operation {

    /** Who called, which process, which conversation, when the call began and when the caller knew its outcome. */
    Call call();

    /**
     * What every operation has.
     *
     * @param client the client, which makes one call at a time
     * @param process the service process it called; it stays the same when the process is started again
     * @param conversation the conversation's name
     * @param invoked when the call began
     * @param completed when the client had the answer, or gave up
     */
    record Call(int client, int process, String conversation, long invoked, long completed) {}

    /**
     * An append of a batch. A batch that is repeated has the same messages again.
     *
     * @param messages the names of the messages, unique in the whole history; a name is in the content, not the id, so
     *     that a message stored under two ids is seen to be doubled
     */
    record Append(Call call, List<String> messages, Outcome outcome) implements Operation {
        public Append {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A clear.
     *
     * @param clear which clear; one that is repeated has the same number again
     */
    record Clear(Call call, long clear, Outcome outcome) implements Operation {}

    /**
     * A read of the whole conversation that was answered.
     *
     * @param live whether the store gave the answer; what a degraded process knows is not the truth and says so
     * @param entries what was read
     */
    record Read(Call call, boolean live, List<Entry> entries) implements Operation {
        public Read {
            entries = List.copyOf(entries);
        }
    }
}
