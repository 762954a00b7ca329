package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.server.RedisControl;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/** What is counted instead of timed. */
final class Counts {

    private static final int APPENDS = 1000;

    private Counts() {}

    static Sample traffic(Contestant contestant, Stage stage, Scene scene) {
        RedisControl redis = stage.redis();
        Said said = Said.question(scene.bytes());
        contestant.append(stage.user(0), said);
        Map<String, String> before = redis.info("stats");
        Map<String, String> idle = redis.info("stats");
        for (int i = 0; i < APPENDS; i++) {
            contestant.append(stage.user(i % scene.conversations()), said);
        }
        Map<String, String> after = redis.info("stats");
        // The question itself costs a little; the second one shows how much.
        return new Sample(Map.of(
                Metric.COMMANDS, each("total_commands_processed", before, idle, after),
                Metric.BYTES_IN, each("total_net_input_bytes", before, idle, after),
                Metric.BYTES_OUT, each("total_net_output_bytes", before, idle, after)));
    }

    private static double each(
            String field, Map<String, String> before, Map<String, String> idle, Map<String, String> after) {
        double own = number(idle, field) - number(before, field);
        return (number(after, field) - number(idle, field) - own) / APPENDS;
    }

    private static double number(Map<String, String> info, String field) {
        return Double.parseDouble(info.getOrDefault(field, "0"));
    }

    static Sample redisMemory(Contestant contestant, Stage stage, Scene scene) {
        contestant.seed("warm-up", Said.conversation(1, scene.bytes()));
        long before = stage.redis().number("memory", "used_memory");
        for (int user = 0; user < scene.conversations(); user++) {
            contestant.seed(stage.user(user), scene.messages());
        }
        return eachMessage(stage.redis().number("memory", "used_memory") - before, scene);
    }

    static Sample heap(Contestant contestant, Stage stage, Scene scene) {
        long before = usedHeap();
        for (int user = 0; user < scene.conversations(); user++) {
            // A content of its own for each message: what came over a network is never shared.
            List<Said> messages = scene.messages().stream()
                    .map(said ->
                            new Said(said.byUser(), new String(said.content().toCharArray())))
                    .toList();
            contestant.seed(stage.user(user), messages);
        }
        return eachMessage(usedHeap() - before, scene);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Sample eachMessage(long bytes, Scene scene) {
        return Sample.of(Metric.MEMORY, (double) bytes / scene.conversations() / scene.length());
    }
}
