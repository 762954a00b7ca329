package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.load.Callers.Threads;
import java.time.Duration;

/**
 * How long and how often everything is measured.
 *
 * @param rehearsal how long each contestant reads, and then appends, before the first workload of all; again and again
 *     until Java has compiled what it needs
 * @param mostRehearsals how often at most
 * @param rounds how many rounds are counted, from 1
 * @param warmUp how long each round runs before it is recorded
 * @param time how long each round is recorded
 * @param threads what kind of threads call
 */
public record Settings(
        Duration rehearsal, int mostRehearsals, int rounds, Duration warmUp, Duration time, Threads threads) {

    /** A first impression, within five minutes. */
    public static final Settings QUICK =
            new Settings(Duration.ofSeconds(1), 1, 2, Duration.ofMillis(50), Duration.ofMillis(200), Threads.PLATFORM);

    /** For figures that are written down. */
    public static final Settings FULL =
            new Settings(Duration.ofSeconds(5), 8, 5, Duration.ofMillis(500), Duration.ofSeconds(2), Threads.PLATFORM);

    /**
     * For the harness's own test: proves that everything runs, and no figure of it means anything. What comes first is
     * recorded, however long it takes: a machine that pauses must not fail the test.
     */
    public static final Settings TINY =
            new Settings(Duration.ofMillis(20), 1, 1, Duration.ZERO, Duration.ofMillis(100), Threads.PLATFORM);

    /** So many callers that call again as soon as they are done, for this long. */
    public Load load(int callers) {
        return new Load(callers, threads, 0, warmUp.toMillis(), time.toMillis());
    }

    /** The same with so many rounds. */
    public Settings withRounds(int count) {
        return new Settings(rehearsal, mostRehearsals, count, warmUp, time, threads);
    }

    /** The same with rounds of this length. */
    public Settings withTime(Duration recorded) {
        return new Settings(rehearsal, mostRehearsals, rounds, warmUp, recorded, threads);
    }

    /** The same with another kind of threads. */
    public Settings withThreads(Threads kind) {
        return new Settings(rehearsal, mostRehearsals, rounds, warmUp, time, kind);
    }
}
