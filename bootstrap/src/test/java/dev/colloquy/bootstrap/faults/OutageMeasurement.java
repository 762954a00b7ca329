package dev.colloquy.bootstrap.faults;

import dev.colloquy.adapter.redis.testing.Leftovers;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Measures what an outage costs; prints, and asserts nothing, for the figures belong to the machine. */
public final class OutageMeasurement {

    private static final int CALLERS = 8;
    private static final int SAVES = 5000;

    private OutageMeasurement() {}

    /** A save in an outage, by one of the callers. */
    interface Save {
        Receipt save(int caller, int number);
    }

    /**
     * Without the journal and with it. Ends with 0 if both were measured, 2 if there is an argument, and 3 if something
     * failed, so that there is no measurement.
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.err.println("history-check: measure takes no options, not \"" + arguments[0] + "\"");
            System.exit(2);
        }
        try {
            measure("without a journal", Map.of());
            Path directory = Leftovers.directory("colloquy-measure");
            measure("with a journal", Map.of("COLLOQUY_OUTBOX_DIR", directory.toString()));
        } catch (Exception failed) {
            System.err.println("history-check: nothing was measured: " + failed);
            System.exit(3);
        }
    }

    private static void measure(String name, Map<String, String> settings) throws InterruptedException {
        try (RedisServer redis = RedisServer.builder().persistent().start();
                Colloquy colloquy = Scene.open(redis.url(), settings)) {
            Agent agent = colloquy.agent("measured");
            for (int i = 0; i < 500; i++) {
                agent.saveMessage("warm-up", Role.USER, "message " + i);
            }
            redis.pause();
            while (agent.saveMessage("warm-up", Role.USER, "Are you there?") instanceof Receipt.Stored) {
                Scene.pause();
            }
            long begin = System.nanoTime();
            long[] nanos = saveFromManyThreads(
                    (caller, number) -> agent.saveMessage("user-" + caller, Role.USER, "message " + number));
            double seconds = secondsSince(begin);
            redis.resume();
            begin = System.nanoTime();
            while (!allLive(agent)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d saves while Redis is stopped, %.0f a second by %d callers; p50 %.2f ms, p99 %.2f ms,"
                            + " most %.2f ms; live %.2f s after Redis went on%n",
                    name,
                    nanos.length,
                    nanos.length / seconds,
                    CALLERS,
                    nanos[nanos.length / 2] / 1e6,
                    nanos[nanos.length * 99 / 100] / 1e6,
                    nanos[nanos.length - 1] / 1e6,
                    secondsSince(begin));
        }
    }

    /**
     * How long each save took, in nanoseconds, from short to long.
     *
     * @throws IllegalStateException if a save failed or was stored: then it is no save in an outage
     */
    static long[] saveFromManyThreads(Save save) throws InterruptedException {
        long[] nanos = new long[SAVES];
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        Thread[] callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> Thread.ofPlatform().start(() -> {
                    try {
                        for (int i = caller; i < SAVES; i += CALLERS) {
                            long begin = System.nanoTime();
                            Receipt receipt = save.save(caller, i);
                            nanos[i] = System.nanoTime() - begin;
                            if (!(receipt instanceof Receipt.Accepted)) {
                                throw new IllegalStateException("save " + i + " was answered with "
                                        + receipt.getClass().getSimpleName());
                            }
                        }
                    } catch (RuntimeException failed) {
                        failures.add(failed);
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread caller : callers) {
            caller.join();
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.remove();
            throw new IllegalStateException(
                    1 + failures.size() + " of " + CALLERS + " callers failed; the first: " + first, first);
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static boolean allLive(Agent agent) {
        return IntStream.range(0, CALLERS)
                .allMatch(caller -> agent.getConversation("user-" + caller).state() == ConversationView.State.LIVE);
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
