package dev.colloquy.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the contestants of a workload in turns (A B C, B C A, …), so that whatever disturbs the machine for a while
 * disturbs all of them. A round that is not counted comes first, for the compiler.
 */
public final class Runner {

    /** Of each second: a little is always compiled anew. */
    private static final double RESTING_MILLIS = 100;

    private final int rounds;
    private final Results results;
    private final Consumer<String> progress;

    /**
     * @param rounds how many rounds are counted, from 1
     * @param results takes what was measured
     * @param progress takes a line for a person to read now and then
     */
    public Runner(int rounds, Results results, Consumer<String> progress) {
        this.rounds = rounds;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Runs a workload. A contestant that fails takes no further part in it, which {@link Results#failures} says; the
     * others go on.
     */
    public void run(String workload, List<Trial> trials) {
        run(workload, trials, -1);
    }

    /**
     * Runs a workload that needs no round for the compiler, as it counts things or starts a JVM of its own.
     */
    public void runCold(String workload, List<Trial> trials) {
        run(workload, trials, 0);
    }

    /**
     * Runs each trial again and again until its compilers rest, and counts nothing. While they work, what they have not
     * come to yet is several times as slow, and where many callers want the processors that takes them half a minute. A
     * trial that does not tell is run as often as is allowed. One that fails is left to fail again where it counts.
     *
     * @param most how often each is run at most, from 1
     */
    public void rehearse(String what, int most, List<Trial> trials) {
        for (Trial trial : trials) {
            try {
                boolean isWarm = false;
                for (int time = 1; time <= most && !isWarm; time++) {
                    long began = System.nanoTime();
                    trial.prepare().run();
                    Sample sample = trial.measure().run();
                    isWarm = sample.has(Metric.COMPILING) && sample.value(Metric.COMPILING) < RESTING_MILLIS;
                    progress.accept(String.format(
                            Locale.ROOT,
                            "%s: %s, time %d (%.0f s)",
                            what,
                            trial.contestant(),
                            time,
                            (System.nanoTime() - began) / 1e9));
                }
            } catch (Exception failed) {
                progress.accept(trial.contestant() + " failed in \"" + what + "\": " + failed);
            }
        }
    }

    private void run(String workload, List<Trial> trials, int firstRound) {
        long began = System.nanoTime();
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        List<Trial> sound = new ArrayList<>(trials);
        trials.forEach(trial -> samples.put(trial.contestant(), new ArrayList<>()));
        for (int round = firstRound; round < rounds; round++) {
            for (Trial trial : inTurn(sound, Math.max(round, 0))) {
                try {
                    trial.prepare().run();
                    Sample sample = trial.measure().run();
                    if (round >= 0) {
                        samples.computeIfAbsent(trial.contestant(), name -> new ArrayList<>())
                                .add(sample);
                    }
                } catch (Exception failed) {
                    sound.remove(trial);
                    samples.remove(trial.contestant());
                    fail(workload, trial, failed);
                }
            }
        }
        progress.accept(String.format(Locale.ROOT, "%s (%.0f s)", workload, (System.nanoTime() - began) / 1e9));
        samples.forEach((contestant, taken) -> report(new Result(workload, contestant, taken)));
    }

    private static List<Trial> inTurn(List<Trial> trials, int round) {
        List<Trial> order = new ArrayList<>(trials);
        Collections.rotate(order, -round);
        return order;
    }

    private void fail(String workload, Trial trial, Exception failed) {
        String why = trial.contestant() + " failed in \"" + workload + "\": " + Causes.of(failed);
        results.addFailure(why);
        progress.accept(why);
    }

    private void report(Result result) {
        results.add(result);
        StringBuilder line = new StringBuilder("    %-34s".formatted(result.contestant()));
        for (Metric metric : Metric.values()) {
            if (result.has(metric)) {
                Spread spread = result.spread(metric);
                line.append(String.format(
                        Locale.ROOT,
                        "  %s %,.1f %s",
                        metric.name().toLowerCase(Locale.ROOT),
                        spread.median(),
                        metric.unit()));
            }
        }
        progress.accept(line.toString());
    }
}
