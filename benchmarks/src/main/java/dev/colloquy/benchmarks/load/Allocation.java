package dev.colloquy.benchmarks.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What all threads of this JVM allocate together.
 *
 * @param bytes the total when this was taken
 */
record Allocation(long bytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Allocation now() {
        return new Allocation(THREADS.getTotalThreadAllocatedBytes());
    }

    long since() {
        return THREADS.getTotalThreadAllocatedBytes() - bytes;
    }
}
