package dev.colloquy.examples.onboarding.log;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again while the store does not answer: what Colloquy knows without it may lack messages. */
final class Patience {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Patience() {}

    /** The first answer that came from the store itself. */
    static <T> T untilLive(Supplier<T> read, Predicate<T> isLive) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        T answer = read.get();
        while (!isLive.test(answer)) {
            if (System.nanoTime() > deadline) {
                throw LogFailure.passing("The store does not answer, so I cannot know all that we said.", null);
            }
            pause();
            answer = read.get();
        }
        return answer;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LogFailure.passing("interrupted while waiting for the store", e);
        }
    }
}
