package dev.colloquy.benchmarks;

import static dev.colloquy.benchmarks.contestant.Lineup.COLLOQUY;
import static dev.colloquy.benchmarks.contestant.Lineup.COLLOQUY_IN_MEMORY;
import static dev.colloquy.benchmarks.contestant.Lineup.COLLOQUY_WITH_IDS;
import static dev.colloquy.benchmarks.contestant.Lineup.JEDIS;
import static dev.colloquy.benchmarks.contestant.Lineup.JEDIS_LARGE_POOL;
import static dev.colloquy.benchmarks.contestant.Lineup.LANGCHAIN4J;
import static dev.colloquy.benchmarks.contestant.Lineup.LETTUCE;
import static dev.colloquy.benchmarks.contestant.Lineup.REDISSON_BATCH;
import static dev.colloquy.benchmarks.contestant.Lineup.REDISSON_SCRIPT;
import static dev.colloquy.benchmarks.contestant.Lineup.SPRING_AI;

import dev.colloquy.benchmarks.Options.Group;
import dev.colloquy.benchmarks.contestant.Lineup;
import dev.colloquy.benchmarks.http.HttpWorkloads;
import dev.colloquy.benchmarks.inprocess.InProcess;
import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.measure.Results;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.process.OwnJvms;
import dev.colloquy.benchmarks.process.StartUp;
import dev.colloquy.benchmarks.server.Programs;
import dev.colloquy.benchmarks.server.RedisControl;
import dev.colloquy.benchmarks.server.SlowNetwork;
import dev.colloquy.benchmarks.workload.Player;
import dev.colloquy.benchmarks.workload.ServerWorkloads;
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

    private static final List<Lineup> IN_REDIS = List.of(COLLOQUY, JEDIS, LANGCHAIN4J, REDISSON_BATCH, LETTUCE);
    private static final List<Lineup> ALL = Stream.concat(IN_REDIS.stream(), Stream.of(COLLOQUY_IN_MEMORY, SPRING_AI))
            .toList();

    private final Options options;
    private final int port;
    private final RedisControl redis;
    private final Runner runner;

    Suite(Options options, int port, RedisControl redis, Results results) {
        this.options = options;
        this.port = port;
        this.redis = redis;
        runner = new Runner(options.settings().rounds(), results, System.out::println);
    }

    void run(Path root) throws Exception {
        if (options.groups().stream().anyMatch(Suite::isAboutContestants)) {
            try (OwnJvms jvms = OwnJvms.of(List.of(Lineup.values()), port)) {
                withContestants(jvms);
            }
        }
        withoutContestants(root);
    }

    private void withContestants(OwnJvms jvms) throws Exception {
        StoreWorkloads stores = new StoreWorkloads(runner, options.settings(), port);
        List<Player> all = jvms.get(ALL);
        List<Player> allAndIds = and(all, jvms.get(COLLOQUY_WITH_IDS));
        if (options.groups().stream().anyMatch(Suite::isTimed)) {
            stores.rehearse(64, jvms.all());
            if (comparesThreads()) {
                stores.onVirtualThreads().rehearse(64, allAndIds);
            }
        }
        if (wants(Group.APPEND)) {
            stores.append(1, and(all, jvms.get(REDISSON_SCRIPT)));
            stores.append(8, all);
            stores.append(64, allAndIds);
            stores.append(256, all);
            stores.appendLong(64, all);
            if (comparesThreads()) {
                stores.onVirtualThreads().append(64, all);
            }
        }
        if (wants(Group.LENGTH)) {
            stores.appendTo(List.of(10, 1_000, 100_000), jvms.get(List.of(COLLOQUY, JEDIS, LANGCHAIN4J)));
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
        ServerWorkloads server = new ServerWorkloads(runner, options.settings(), port);
        if (wants(Group.WIRE)) {
            server.wire(and(jvms.get(IN_REDIS), jvms.get(COLLOQUY_WITH_IDS)));
        }
        if (wants(Group.MEMORY)) {
            server.memory(jvms.get(IN_REDIS));
            server.heap(jvms.get(COLLOQUY_IN_MEMORY));
        }
        if (wants(Group.NETWORK)) {
            List<Player> far = and(jvms.get(IN_REDIS), jvms.get(JEDIS_LARGE_POOL));
            network(Duration.ofMillis(1), 64, far);
            network(Duration.ofMillis(20), 256, far);
        }
    }

    private void withoutContestants(Path root) throws Exception {
        redis.empty();
        Optional<Path> redisBenchmark = Programs.find("redis-benchmark");
        if (wants(Group.LIMITS) && redisBenchmark.isPresent()) {
            new ServerWorkloads(runner, options.settings(), port)
                    .limits(redisBenchmark.get(), redis, options.quick() ? 30_000 : 200_000);
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

    private static List<Player> and(List<Player> some, Player another) {
        return Stream.concat(some.stream(), Stream.of(another)).toList();
    }

    /** Five minutes are too short for it. */
    private boolean comparesThreads() {
        return !options.quick() && options.settings().threads() == Threads.PLATFORM;
    }

    private void network(Duration roundTrip, int callers, List<Player> players) throws Exception {
        try (SlowNetwork slow = SlowNetwork.to(port, roundTrip)) {
            new StoreWorkloads(runner, options.settings(), slow.port())
                    .appendOver(roundTrip.toMillis() + " ms round trip", callers, players);
        }
    }

    private static boolean isAboutContestants(Group group) {
        return switch (group) {
            case APPEND, LENGTH, TURN, READ, RATE, NETWORK, WIRE, MEMORY -> true;
            case HTTP, STARTUP, INPROCESS, LIMITS -> false;
        };
    }

    private static boolean isTimed(Group group) {
        return isAboutContestants(group) && group != Group.WIRE && group != Group.MEMORY;
    }

    private boolean wants(Group group) {
        return options.groups().contains(group);
    }
}
