package dev.colloquy.benchmarks;

import dev.colloquy.benchmarks.Options.Group;
import dev.colloquy.benchmarks.contestant.ColloquyAgent;
import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.JedisRewrite;
import dev.colloquy.benchmarks.contestant.LangChain4jWindow;
import dev.colloquy.benchmarks.contestant.LettuceScript;
import dev.colloquy.benchmarks.contestant.RedissonBatch;
import dev.colloquy.benchmarks.contestant.RedissonScript;
import dev.colloquy.benchmarks.contestant.SpringAiWindow;
import dev.colloquy.benchmarks.http.HttpWorkloads;
import dev.colloquy.benchmarks.inprocess.InProcess;
import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.process.StartUp;
import dev.colloquy.benchmarks.server.Programs;
import dev.colloquy.benchmarks.server.RedisControl;
import dev.colloquy.benchmarks.server.SlowNetwork;
import dev.colloquy.benchmarks.workload.ServerWorkloads;
import dev.colloquy.benchmarks.workload.Stage;
import dev.colloquy.benchmarks.workload.StoreWorkloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who takes part in which workload. */
final class Suite {

    private static final int TURNS_A_SECOND = 300;
    private static final int APPENDS_A_SECOND = 1000;

    private final Options options;
    private final int port;
    private final RedisControl redis;
    private final Runner runner;
    private final StoreWorkloads stores;

    Suite(Options options, int port, RedisControl redis, Results results) {
        this.options = options;
        this.port = port;
        this.redis = redis;
        runner = new Runner(options.settings().rounds(), results, System.out::println);
        stores = new StoreWorkloads(runner, options.settings(), new Stage(redis));
    }

    void run(Path root) throws Exception {
        try (Contestant ours = ColloquyAgent.on(port);
                Contestant withIds = ColloquyAgent.withIds(port);
                Contestant inMemory = ColloquyAgent.inMemory();
                Contestant rewrite = JedisRewrite.on(port);
                Contestant langChain4j = LangChain4jWindow.on(port);
                Contestant batch = RedissonBatch.on(port);
                Contestant springAi = SpringAiWindow.inMemory();
                Contestant lettuce = LettuceScript.on(port);
                Contestant bare = RedissonScript.on(port)) {
            List<Contestant> all = List.of(ours, rewrite, langChain4j, batch, lettuce, inMemory, springAi);
            List<Contestant> allAndIds = and(all, withIds);
            if (options.groups().stream().anyMatch(Suite::isAboutContestants)) {
                stores.rehearse(64, and(allAndIds, bare));
            }
            if (wants(Group.APPEND)) {
                append(all, bare, withIds);
            }
            if (wants(Group.LENGTH)) {
                stores.appendTo(List.of(10, 1_000, 100_000), List.of(ours, rewrite, langChain4j));
            }
            if (wants(Group.TURN)) {
                stores.turn(64, all);
            }
            if (wants(Group.READ)) {
                stores.read(64, allAndIds);
                if (comparesThreads()) {
                    stores.onVirtualThreads().read(64, allAndIds);
                }
            }
            if (wants(Group.RATE)) {
                stores.appendAtRate(64, APPENDS_A_SECOND, all);
                stores.chat(64, TURNS_A_SECOND, all);
            }
            ServerWorkloads server = new ServerWorkloads(runner, redis);
            if (wants(Group.WIRE)) {
                server.wire(allAndIds);
            }
            if (wants(Group.MEMORY)) {
                server.memory(all);
                new HeapWorkload(runner).run(inMemory);
            }
        }
        if (wants(Group.NETWORK)) {
            network(Duration.ofMillis(1), 64);
            network(Duration.ofMillis(20), 256);
        }
        withoutContestants(root);
    }

    private void withoutContestants(Path root) throws Exception {
        redis.empty();
        Optional<Path> redisBenchmark = Programs.find("redis-benchmark");
        if (wants(Group.LIMITS) && redisBenchmark.isPresent()) {
            new ServerWorkloads(runner, redis).limits(redisBenchmark.get(), port, options.quick() ? 30_000 : 200_000);
        }
        if (wants(Group.HTTP)) {
            redis.empty();
            new HttpWorkloads(runner, options.settings()).run(port);
        }
        if (wants(Group.STARTUP)) {
            StartUp.run(runner, root);
        }
        if (wants(Group.INPROCESS)) {
            InProcess.run(runner, options.quick());
        }
    }

    private void append(List<Contestant> all, Contestant bare, Contestant withIds) throws Exception {
        stores.append(1, and(all, bare));
        stores.append(8, all);
        stores.append(64, and(all, withIds));
        stores.append(256, all);
        stores.appendLong(64, all);
        if (comparesThreads()) {
            stores.onVirtualThreads().append(64, all);
        }
    }

    private static List<Contestant> and(List<Contestant> some, Contestant another) {
        return Stream.concat(some.stream(), Stream.of(another)).toList();
    }

    /** Five minutes are too short for it. */
    private boolean comparesThreads() {
        return !options.quick() && options.settings().threads() == Threads.PLATFORM;
    }

    private void network(Duration roundTrip, int callers) throws Exception {
        try (SlowNetwork slow = SlowNetwork.to(port, roundTrip);
                Contestant ours = ColloquyAgent.on(slow.port());
                Contestant rewrite = JedisRewrite.on(slow.port());
                Contestant pooled = JedisRewrite.withPool(slow.port(), callers);
                Contestant langChain4j = LangChain4jWindow.on(slow.port());
                Contestant batch = RedissonBatch.on(slow.port());
                Contestant lettuce = LettuceScript.on(slow.port())) {
            stores.appendOver(
                    roundTrip.toMillis() + " ms round trip",
                    callers,
                    List.of(ours, rewrite, pooled, langChain4j, batch, lettuce));
        }
    }

    private static boolean isAboutContestants(Group group) {
        return switch (group) {
            case APPEND, LENGTH, TURN, READ, RATE -> true;
            default -> false;
        };
    }

    private boolean wants(Group group) {
        return options.groups().contains(group);
    }
}
