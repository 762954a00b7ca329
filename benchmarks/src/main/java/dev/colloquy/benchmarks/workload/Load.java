package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.load.Action;
import dev.colloquy.benchmarks.load.Callers;
import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.measure.Sample;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Who calls, how often and for how long.
 *
 * @param callers how many call at the same time, from 1
 * @param threads what kind of threads they are
 * @param perSecond how often work arrives, or 0 if each caller calls again as soon as it is done
 * @param warmUpMillis how long they call before it is recorded
 * @param millis how long it is recorded
 */
public record Load(int callers, Threads threads, int perSecond, long warmUpMillis, long millis) {

    /** The same, where work arrives so often. */
    Load atRate(int arrivals) {
        return new Load(callers, threads, arrivals, warmUpMillis, millis);
    }

    /** Lets them call. */
    public Sample run(Action action) throws InterruptedException, ExecutionException {
        Callers all = new Callers(callers, threads, Duration.ofMillis(warmUpMillis), Duration.ofMillis(millis));
        return perSecond == 0 ? all.closedLoop(action) : all.openLoop(perSecond, action);
    }
}
