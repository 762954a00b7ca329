package dev.colloquy.bootstrap.history;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Which conversations are talked about: a few at a time, so that clients meet, each for a limited number of calls, so
 * that whole conversations can be read again and again. Every other one is never cleared: there nothing excuses a
 * missing message. In every third the messages get their ids from the service, which goes other ways there than where
 * clients give ids. Safe for any number of threads.
 */
final class Topics {

    private static final int SLOTS = 4;
    // So few that no conversation outgrows the horizon within which a repeated message is recognised for certain.
    private static final int CALLS = 90;

    private final AtomicInteger[] calls = new AtomicInteger[SLOTS];
    private final Set<String> all = ConcurrentHashMap.newKeySet();

    private final String suffix;
    private final long seed;

    /**
     * Conversations.
     *
     * @param suffix what their names end in, so that runs do not meet
     * @param seed chooses those whose messages have no ids of their clients'
     */
    Topics(String suffix, long seed) {
        this.suffix = suffix;
        this.seed = seed;
        for (int slot = 0; slot < SLOTS; slot++) {
            calls[slot] = new AtomicInteger();
        }
    }

    /** A conversation that is under way. */
    String pick(RandomGenerator random) {
        int slot = random.nextInt(SLOTS);
        int generation = calls[slot].getAndIncrement() / CALLS;
        String ids = Math.floorMod(seed + slot + generation, 3) == 0 ? "without-ids-" : "";
        String name = (slot % 2 == 0 ? "kept-" : "cleared-") + ids + slot + "-" + generation + "-" + suffix;
        all.add(name);
        return name;
    }

    static boolean mayBeCleared(String conversation) {
        return conversation.startsWith("cleared");
    }

    /** Whether clients give the messages no ids, and so must not repeat an append. */
    static boolean isWithoutIds(String conversation) {
        return conversation.contains("-without-ids-");
    }

    /** Every conversation there ever was. */
    List<String> all() {
        return all.stream().sorted().toList();
    }
}
