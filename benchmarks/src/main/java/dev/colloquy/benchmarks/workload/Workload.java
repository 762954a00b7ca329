package dev.colloquy.benchmarks.workload;

import java.util.Locale;

/** The names of the workloads, in one place: the runner writes them and the reports look them up. */
public final class Workload {

    /** To conversations of several lengths. */
    public static final String LENGTH = "append to conversations that are short and long, 1 caller";

    /** Commands and bytes on the wire. */
    public static final String WIRE = "on the wire: append 1 message of 100 B";

    /** Memory in Redis. */
    public static final String REDIS_MEMORY = "memory in Redis: conversations of 20 messages of 100 B";

    /** Memory in this process. */
    public static final String HEAP = "memory in the heap: conversations of 20 messages of 100 B";

    /** What redis-benchmark reaches. */
    public static final String LIMITS = "limits: RPUSH of 100 B by redis-benchmark, 64 connections";

    /** From the start of the process to the first answer. */
    public static final String START_UP = "start-up to the first answer";

    /** What follows the name of a workload whose callers are virtual threads, where those of its twin are not. */
    public static final String ON_VIRTUAL_THREADS = ", on virtual threads";

    private Workload() {}

    /** One message at a time. */
    public static String append(int callers, int bytes) {
        return String.format(Locale.ROOT, "append 1 message of %,d B, %s", bytes, callers(callers));
    }

    /** One message at a time over a slower network. */
    public static String appendOver(String where, int callers) {
        return "append 1 message of 100 B, " + callers(callers) + ", " + where;
    }

    /** A contestant in {@link #LENGTH}. */
    public static String atLength(String contestant, int length) {
        return String.format(Locale.ROOT, "%s: %,d messages", contestant, length);
    }

    /** Two messages in one batch. */
    public static String turn(int callers) {
        return "append a turn (2 messages), " + callers(callers);
    }

    /** The latest 20 messages. */
    public static String read(int callers) {
        return "read the last 20, " + callers(callers);
    }

    /** Read, then append a turn. */
    public static String chat(int perSecond) {
        return String.format(Locale.ROOT, "chat: read 20, append 2; %,d turns/s arrive", perSecond);
    }

    /** Single messages at a rate. */
    public static String appendAtRate(int perSecond) {
        return String.format(Locale.ROOT, "append 1 message of 100 B; %,d/s arrive", perSecond);
    }

    /** Over HTTP. */
    public static String http(String what, int connections) {
        return "HTTP " + what + ", " + connections + " connections";
    }

    private static String callers(int count) {
        return count == 1 ? "1 caller" : count + " callers";
    }
}
