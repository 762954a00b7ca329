package dev.colloquy.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything a run measured so far, in the order it was measured. For one thread. */
public final class Results {

    private final List<Result> all = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Adds what one contestant did. */
    public void add(Result result) {
        all.add(result);
    }

    /** Notes that something could not be measured, and why. */
    public void addFailure(String why) {
        failures.add(why);
    }

    /** What could not be measured, and why. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** All of them. */
    public List<Result> all() {
        return List.copyOf(all);
    }

    /** The names of the workloads. */
    public List<String> workloads() {
        return all.stream().map(Result::workload).distinct().toList();
    }

    /** The results of one workload. */
    public List<Result> of(String workload) {
        return all.stream().filter(result -> result.workload().equals(workload)).toList();
    }

    /** The result of one contestant in one workload, or empty if it did not take part. */
    public Optional<Result> find(String workload, String contestant) {
        return all.stream()
                .filter(result -> result.workload().equals(workload)
                        && result.contestant().equals(contestant))
                .findFirst();
    }
}
