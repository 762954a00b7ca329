package dev.colloquy.benchmarks.measure;

/**
 * One contestant in one workload.
 *
 * @param contestant its name
 * @param prepare brings everything into the state that each round starts from; not measured
 * @param measure does the work
 */
public record Trial(String contestant, Step prepare, Measured measure) {

    /** Something to do before a round. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does it.
         *
         * @throws Exception whatever goes wrong; the run ends with it
         */
        void run() throws Exception;
    }

    /** A round. */
    @FunctionalInterface
    public interface Measured {
        /**
         * Does it and measures.
         *
         * @throws Exception whatever goes wrong; the run ends with it
         */
        Sample run() throws Exception;
    }
}
