package dev.colloquy.application.outbox;

import dev.colloquy.domain.error.StoreUnavailable;
import java.util.function.Supplier;

/** What goes wrong with a store, and at which write. The real store and the model's each follow one of their own. */
final class FaultScript {

    /** What happens at the chosen write. */
    enum Fault {
        /** It is not carried out, and the store is away from then on. */
        AWAY,
        /** It is carried out, but its answer is lost, and so are those of all calls behind it. */
        ANSWERS_LOST,
        /** It is carried out, but its answer is lost; the store is there. */
        ONE_ANSWER_LOST,
        /** It is carried out, and this process dies before it learns that. */
        KILLED
    }

    /** The end of the process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private Fault fault = Fault.AWAY;
    private int writesUntilIt;
    private boolean away;

    void plan(Fault what, int atWrite) {
        fault = what;
        writesUntilIt = atWrite;
        away = false;
    }

    void heal() {
        writesUntilIt = 0;
        away = false;
    }

    boolean isAway() {
        return away;
    }

    /** A write of a store. */
    <T> T write(Supplier<T> work) {
        boolean strikes = writesUntilIt > 0 && --writesUntilIt == 0;
        away |= strikes && (fault == Fault.AWAY || fault == Fault.ANSWERS_LOST);
        failIf(away && fault == Fault.AWAY);
        T answer = work.get();
        failIf(away || (strikes && fault == Fault.ONE_ANSWER_LOST));
        if (strikes) {
            throw new Killed();
        }
        return answer;
    }

    /** Anything else that a store is asked. */
    <T> T ask(Supplier<T> work) {
        failIf(away);
        return work.get();
    }

    private static void failIf(boolean fails) {
        if (fails) {
            throw new StoreUnavailable("no answer", null);
        }
    }
}
