package dev.colloquy.bootstrap.history;

import java.util.List;

/**
 * What a client wanted, over all its attempts: a batch appended or a conversation cleared.
 *
 * <p>A client repeats an attempt of unknown outcome at the same process, and nothing of it happens any more once the
 * repetition is acknowledged. So the deed takes effect between its begin and its end if it is {@link Status#DONE}; at
 * some time after its begin otherwise.
 *
 * @param client who wanted it
 * @param process the process that was asked
 * @param messages the messages appended, none for a clear
 * @param begin when the first attempt began
 * @param end when the last attempt completed
 * @param status what is known of it
 * @param sequence the sequence number of the first message, as the last receipt has it, or 0
 * @param attempts how often it was tried
 */
record Deed(
        int client,
        int process,
        List<String> messages,
        long begin,
        long end,
        Status status,
        long sequence,
        int attempts) {

    enum Status {
        /** The store has done it. */
        DONE,
        /** The process has promised it. */
        ACCEPTED,
        /** It may have happened, may happen later, or never. */
        UNKNOWN,
        /** It has not happened and will not. */
        REFUSED
    }

    /** Whether the caller was told that it is done or will be. */
    boolean acknowledged() {
        return status == Status.DONE || status == Status.ACCEPTED;
    }

    /**
     * Whether this took effect before the other for certain. A promise of a process comes before everything that the
     * same process is asked later; what another process is asked later may overtake it.
     */
    boolean before(Deed other) {
        return end < other.begin && (status == Status.DONE || (status == Status.ACCEPTED && process == other.process));
    }

    /** The first attempt. */
    static Deed first(Operation.Call call, List<String> messages, Outcome outcome) {
        return new Deed(
                call.client(),
                call.process(),
                messages,
                call.invoked(),
                call.completed(),
                status(outcome),
                sequence(outcome),
                1);
    }

    /** This after one more attempt, or with one more of an attempt that came earlier in the client's order. */
    Deed again(Operation.Call call, Outcome outcome) {
        Status next = status(outcome);
        // After an attempt of unknown outcome, a refusal only says that the repetition did nothing.
        Status merged = next == Status.REFUSED && status != Status.REFUSED ? status : next;
        long named = outcome instanceof Outcome.Done ? sequence(outcome) : sequence;
        return new Deed(client, process, messages, begin, call.completed(), merged, named, attempts + 1);
    }

    private static Status status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> Status.DONE;
            case Outcome.Accepted accepted -> Status.ACCEPTED;
            case Outcome.Refused refused -> Status.REFUSED;
            case Outcome.Unknown unknown -> Status.UNKNOWN;
        };
    }

    private static long sequence(Outcome outcome) {
        return outcome instanceof Outcome.Done(long sequence) ? sequence : 0;
    }
}
