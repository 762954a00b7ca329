package dev.colloquy.bootstrap.history;

/** What the caller of an append or a clear was told. */
sealed interface Outcome {

    /**
     * It is done: {@code 201}, or {@code 200} for a repeated append, or {@code 204} from the store.
     *
     * @param sequence the sequence number of the first message of an append; 0 for a clear
     */
    record Done(long sequence) implements Outcome {}

    /** It is promised: {@code 202}, or a degraded {@code 204}. The process does it once the store is back. */
    record Accepted() implements Outcome {}

    /** It did not happen and will not: the service said so. */
    record Refused(String reason) implements Outcome {}

    /** It may have happened or may yet happen: no answer, or one that leaves it open. */
    record Unknown(String reason) implements Outcome {}

    /** A clear that the store has done. */
    static Outcome done() {
        return new Done(0);
    }

    /** An append that is stored from this sequence number on. */
    static Outcome stored(long sequence) {
        return new Done(sequence);
    }

    /** A promise. */
    static Outcome accepted() {
        return new Accepted();
    }

    /** A refusal. */
    static Outcome refused(String reason) {
        return new Refused(reason);
    }

    /** No knowledge. */
    static Outcome unknown(String reason) {
        return new Unknown(reason);
    }
}
