package dev.colloquy.benchmarks.measure;

/** What is measured, in which unit, and which way is better. */
public enum Metric {
    /** Operations a second. */
    THROUGHPUT("ops/s", true),
    /** The median latency. */
    P50("µs", false),
    /** The latency that 99 of 100 operations stay within. */
    P99("µs", false),
    /** The latency that 999 of 1,000 operations stay within. */
    P999("µs", false),
    /** What the whole JVM allocated, for each operation. */
    ALLOCATED("B/op", false),
    /** How long the JVM's compilers worked, one after the other and while they waited for a processor. */
    COMPILING("ms/s", false),
    /** The time one thing takes. */
    DURATION("ms", false),
    /** The time one in-process operation takes. */
    COST("ns/op", false),
    /** Memory for each message, content included. */
    MEMORY("B/message", false),
    /** Bytes that reached the server, for each operation. */
    BYTES_IN("B/op", false),
    /** Bytes that the server sent, for each operation. */
    BYTES_OUT("B/op", false),
    /** Commands that the server carried out, also those inside scripts, for each operation. */
    COMMANDS("commands/op, those inside scripts included", false);

    private final String unit;
    private final boolean moreIsBetter;

    Metric(String unit, boolean moreIsBetter) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /** The unit, for tables and charts. */
    public String unit() {
        return unit;
    }

    /** Whether a larger value is the better one. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
