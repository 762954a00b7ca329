package dev.colloquy.benchmarks.http;

import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.measure.Trial;
import dev.colloquy.benchmarks.process.JavaServer;
import dev.colloquy.benchmarks.workload.Settings;
import dev.colloquy.benchmarks.workload.Workload;
import dev.colloquy.bootstrap.Main;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The whole service, in a process of its own, over HTTP. */
public final class HttpWorkloads {

    /** The service on the in-memory store. */
    public static final String MEMORY = "Colloquy over memory";

    /** The service on Redis. */
    public static final String REDIS = "Colloquy over Redis";

    /** What only parses and echoes. */
    public static final String BARE = "bare Helidon handler";

    /** How many connections there are. */
    public static final int CONNECTIONS = 64;

    private static final int CONVERSATIONS = 1000;
    private static final String MESSAGE =
            "{\"role\":\"user\",\"content\":\"" + Said.question(100).content() + "\"}";
    private static final String TWENTY = "{\"messages\":[" + String.join(",", Collections.nCopies(20, MESSAGE)) + "]}";

    private final Runner runner;
    private final Settings settings;

    /**
     * @param runner takes the rounds
     * @param settings how long and how often
     */
    public HttpWorkloads(Runner runner, Settings settings) {
        this.runner = runner;
        this.settings = settings;
    }

    /** Starts the servers, measures, stops them. */
    public void run(int redisPort) throws Exception {
        List<String> service = JavaServer.java(Main.class.getName());
        Map<String, String> onRedis = Map.of("REDIS_URL", "redis://127.0.0.1:" + redisPort);
        try (JavaServer memory = JavaServer.start(service, Map.of("COLLOQUY_STORE", "memory"), "/health/live");
                JavaServer redis = JavaServer.start(service, onRedis, "/health/ready");
                JavaServer bare = JavaServer.start(BareHandler.command(), Map.of(), "/ready")) {
            HttpLoad rehearsal = HttpLoad.best(settings.withTime(settings.rehearsal()), CONVERSATIONS);
            int times = settings.mostRehearsals();
            runner.rehearse("rehearsal over HTTP", times, unprepared(appends(rehearsal, bare, memory, redis)));
            runner.rehearse("rehearsal over HTTP, reads", times, unprepared(reads(rehearsal, memory, redis)));
            HttpLoad load = HttpLoad.best(settings, CONVERSATIONS);
            runner.run(Workload.http("append 1 message of 100 B", CONNECTIONS), appends(load, bare, memory, redis));
            runner.run(Workload.http("read the last 20", CONNECTIONS), reads(load, memory, redis));
        }
    }

    private static List<Trial> appends(HttpLoad load, JavaServer bare, JavaServer memory, JavaServer redis) {
        return List.of(
                new Trial(BARE, () -> {}, () -> load.post(bare.port(), MESSAGE)),
                new Trial(MEMORY, () -> reset(memory, false), () -> load.post(memory.port(), MESSAGE)),
                new Trial(REDIS, () -> reset(redis, false), () -> stored(redis, load.post(redis.port(), MESSAGE))));
    }

    private static List<Trial> reads(HttpLoad load, JavaServer memory, JavaServer redis) {
        return List.of(
                new Trial(MEMORY, () -> reset(memory, true), () -> load.get(memory.port(), "?last=20")),
                new Trial(REDIS, () -> reset(redis, true), () -> stored(redis, load.get(redis.port(), "?last=20"))));
    }

    /** For a rehearsal any conversations will do. */
    private static List<Trial> unprepared(List<Trial> trials) {
        return trials.stream()
                .map(trial -> new Trial(trial.contestant(), () -> {}, trial.measure()))
                .toList();
    }

    private static Sample stored(JavaServer redis, Sample sample) throws Exception {
        new Requests(redis.port()).requireNeverDegraded();
        return sample;
    }

    /** Every round starts from nothing, or from conversations of 20 messages. */
    private static void reset(JavaServer service, boolean seeded) throws Exception {
        Requests requests = new Requests(service.port());
        for (int user = 0; user < CONVERSATIONS; user++) {
            requests.clear(user);
            if (seeded) {
                requests.save(user, TWENTY);
            }
        }
    }
}
